import { Alert, Button, Checkbox, Code, PasswordInput, Stack, Title } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { admin, answer } from '../../api/client.ts';
import { ApiFailure } from '../../api/failure.ts';
import { Facts } from '../../ui/facts.tsx';
import { useFailureText } from '../../ui/failure-note.tsx';
import { useFormats } from '../../ui/formats.ts';
import styles from './sign-in.module.css';
import { useSignInTexts } from './strings.ts';

/** What the page says of the program without a credential. */
export interface ProgramFacts {
  readonly version: string;
  readonly proxyUrl: string;
  /** RFC 3339. */
  readonly startedAt: string;
}

interface SignInProps {
  readonly facts: ProgramFacts;
  /** Whether somebody was signed in here a moment ago. */
  readonly isOver: boolean;
  /** Whether it stands over the screens, whose page has its parts already. */
  readonly isWithin?: boolean;
  /** @param remembered whether on this computer */
  readonly onSession: (token: string, remembered: boolean) => void;
}

/** What a refused sign-in says. */
function useRefusal(): (error: unknown) => string {
  const t = useSignInTexts();
  const failureText = useFailureText();
  return (error) => {
    if (!(error instanceof ApiFailure)) return failureText(error);
    if (error.status === 401) return t('wrong');
    return error.status === 429 ? t('wait', { seconds: error.retryAfterS ?? 60 }) : failureText(error);
  };
}

function Standing({ facts }: Pick<SignInProps, 'facts'>) {
  const t = useSignInTexts();
  const { time } = useFormats();
  return (
    <Facts
      facts={[
        { name: t('address'), value: <Code>{facts.proxyUrl}</Code> },
        { name: t('version'), value: facts.version },
        { name: t('since'), value: time(facts.startedAt) },
      ]}
    />
  );
}

/** The door: that AIProxy runs and where, and the admin token to come in. */
export function SignIn({ facts, isOver, isWithin = false, onSession }: SignInProps) {
  const t = useSignInTexts();
  const refusal = useRefusal();
  const [token, setToken] = useState('');
  const [remember, setRemember] = useState(false);
  const [busy, setBusy] = useState(false);
  const [message, setMessage] = useState(isOver ? t('over') : null);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    try {
      const { session } = await answer(admin.session.$post({ json: { token: token.trim(), remember } }));
      onSession(session, remember);
    } catch (error) {
      setMessage(refusal(error));
    } finally {
      setBusy(false);
    }
  };

  const Door = isWithin ? 'div' : 'main';
  return (
    <Door className={styles.door}>
      <Stack>
        <Title order={1}>{t('running')}</Title>
        <Standing facts={facts} />
        <form onSubmit={submit}>
          <Stack gap="sm">
            <PasswordInput
              id="token"
              label={t('token')}
              description={t('hint')}
              autoComplete="current-password"
              required
              autoFocus
              value={token}
              onChange={({ currentTarget }) => setToken(currentTarget.value)}
            />
            <Checkbox
              label={t('remember')}
              checked={remember}
              onChange={({ currentTarget }) => setRemember(currentTarget.checked)}
            />
            {message !== null && (
              <Alert color="red" variant="light" role="alert">
                {message}
              </Alert>
            )}
            <Button type="submit" loading={busy}>
              {t('signIn')}
            </Button>
          </Stack>
        </form>
      </Stack>
    </Door>
  );
}
