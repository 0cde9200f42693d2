import { useCallback, useEffect, useState } from 'react';
import { adminFetch, credentialHeaders } from './api/admin-fetch.ts';
import { queryClient } from './api/query-client.ts';
import { currentSession, onSessionOver, storeSession } from './api/session.ts';
import { type ProgramFacts, SignIn } from './features/sign-in/sign-in.tsx';
import { Frame } from './frame/frame.tsx';
import { Screens } from './screens.tsx';

/** The console: the sign-in, or the screens behind it. */
export function Console({ facts }: { readonly facts: ProgramFacts }) {
  const [session, setSession] = useState(currentSession);
  const [isOver, setIsOver] = useState(false);
  const leave = useCallback((over: boolean): void => {
    storeSession(null);
    queryClient.clear();
    setIsOver(over);
    setSession(currentSession());
  }, []);
  useEffect(() => onSessionOver(() => leave(true)), [leave]);

  if (session === null) {
    const onSession = (token: string): void => {
      storeSession(token);
      setIsOver(false);
      setSession(currentSession());
    };
    return <SignIn facts={facts} isOver={isOver} onSession={onSession} />;
  }
  const signOut = async (): Promise<void> => {
    const headers = credentialHeaders();
    // Here first, so that no screen asks on with it; a server that does not answer ends it by itself.
    leave(false);
    await adminFetch('/api/v1/session', { method: 'DELETE', headers }).catch(() => undefined);
  };
  return (
    <Frame facts={facts} onSignOut={session.kind === 'bearer' ? signOut : null}>
      <Screens />
    </Frame>
  );
}
