import { useCallback, useState } from 'react';
import { endSession } from './api/admin-api.ts';
import { storedSession, storeSession } from './api/stored-session.ts';
import { Alive } from './features/alive/alive.tsx';
import { SignIn } from './features/sign-in/sign-in.tsx';

interface ConsoleProps {
  readonly language: string;
  readonly version: string;
  readonly proxyUrl: string;
  /** When the program started, in the reader's own time. */
  readonly since: string;
}

/** The console: the sign-in, or what lies behind it. */
export function Console({ language, version, proxyUrl, since }: ConsoleProps) {
  const [session, setSession] = useState(storedSession);
  const [isOver, setIsOver] = useState(false);
  const change = useCallback((next: string | null, over: boolean): void => {
    storeSession(next);
    setSession(next);
    setIsOver(over);
  }, []);
  const onOver = useCallback(() => change(null, true), [change]);
  if (session === null) {
    const onSession = (begun: string): void => change(begun, false);
    return <SignIn {...{ language, version, proxyUrl, since, isOver, onSession }} />;
  }
  const signOut = async (): Promise<void> => {
    await endSession(session);
    change(null, false);
  };
  return <Alive language={language} session={session} onSignOut={signOut} onOver={onOver} />;
}
