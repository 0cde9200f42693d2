import { Modal } from '@mantine/core';
import { useEffect, useState } from 'react';
import { Router } from 'wouter';
import { adminFetch, credentialHeaders } from './api/admin-fetch.ts';
import { queryClient } from './api/query-client.ts';
import { askTabs, currentSession, forgetSession, onSession, storeSession } from './api/session.ts';
import { type ProgramFacts, SignIn } from './features/sign-in/sign-in.tsx';
import { useSignInTexts } from './features/sign-in/strings.ts';
import { Frame } from './frame/frame.tsx';
import { LeaveQuestion } from './frame/leave-question.tsx';
import { Screens } from './screens.tsx';
import { usePlace, useQueryText } from './ui/place.ts';

/** How long another tab may take to hand its session on before the sign-in is shown; one that comes later is taken too. */
const HANDED_WITHIN_MS = 200;

/** Whether another tab may still hand a session on. */
function useAskedTabs(isNeeded: boolean): boolean {
  const [isAsking, setIsAsking] = useState(isNeeded);
  useEffect(() => {
    if (!isAsking) return undefined;
    askTabs();
    const timer = setTimeout(setIsAsking, HANDED_WITHIN_MS, false);
    return () => clearTimeout(timer);
  }, [isAsking]);
  return isAsking;
}

/** The session of this page, and whether one that was here is over. */
function useSession() {
  const [known, setKnown] = useState(() => ({ session: currentSession(), isOver: false }));
  useEffect(
    () =>
      onSession((session) => {
        setKnown((before) => ({
          session,
          isOver: session === null && (before.session !== null || before.isOver),
        }));
        if (session === null) return;
        // What was refused meanwhile is asked again.
        void queryClient.resetQueries({ predicate: ({ state }) => state.status === 'error' });
        void queryClient.invalidateQueries();
      }),
    [],
  );
  return { ...known, forget: () => setKnown({ session: currentSession(), isOver: false }) };
}

/** The console: the sign-in, or the screens behind it. Where a session ends, what was entered in them stays. */
export function Console({ facts }: { readonly facts: ProgramFacts }) {
  const t = useSignInTexts();
  const { session, isOver, forget } = useSession();
  const isAsking = useAskedTabs(session === null);
  if (session === null && !isOver) {
    return isAsking ? null : <SignIn facts={facts} isOver={false} onSession={storeSession} />;
  }
  const signOut = async (): Promise<void> => {
    const headers = credentialHeaders();
    // Here first, so that no screen asks on with it; a server that does not answer ends it by itself.
    forgetSession();
    forget();
    queryClient.clear();
    await adminFetch('/api/v1/session', { method: 'DELETE', headers }).catch(() => undefined);
  };
  return (
    <Router hook={usePlace} searchHook={useQueryText}>
      <Frame facts={facts} onSignOut={session?.kind === 'desktop' ? null : signOut}>
        <Screens />
      </Frame>
      <LeaveQuestion />
      <Modal
        opened={session === null}
        onClose={() => undefined}
        title={t('signIn')}
        withCloseButton={false}
        fullScreen
        zIndex={400}
        transitionProps={{ duration: 0 }}
      >
        <SignIn facts={facts} isOver isWithin onSession={storeSession} />
      </Modal>
    </Router>
  );
}
