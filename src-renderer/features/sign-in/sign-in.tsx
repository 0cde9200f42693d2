import { type FormEvent, useState } from 'react';
import { beginSession } from '../../api/admin-api.ts';
import type { Answer } from '../../api/answer.ts';
import { type Strings, stringsFor } from './strings.ts';

interface SignInProps {
  readonly language: string;
  readonly version: string;
  readonly proxyUrl: string;
  /** When the program started, in the reader's own time. */
  readonly since: string;
  /** Whether somebody was signed in here a moment ago. */
  readonly isOver: boolean;
  readonly onSession: (session: string) => void;
}

/** What a refusal says. */
export function messageOf(answer: Answer<unknown>, strings: Strings): string | null {
  switch (answer.kind) {
    case 'ok':
      return null;
    case 'refused':
      return strings.wrong;
    case 'too_many':
      return strings.wait(answer.seconds);
    case 'unreachable':
      return strings.unreachable;
    case 'failed':
      return `${strings.failed} ${answer.message}`;
  }
}

/** The door: that AIProxy runs and where, and the admin token to come in. */
export function SignIn({ language, version, proxyUrl, since, isOver, onSession }: SignInProps) {
  const strings = stringsFor(language);
  const [token, setToken] = useState('');
  const [busy, setBusy] = useState(false);
  const [message, setMessage] = useState(isOver ? strings.over : null);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    const answer = await beginSession(token.trim());
    setBusy(false);
    setMessage(messageOf(answer, strings));
    if (answer.kind === 'ok') onSession(answer.value);
  };

  return (
    <main>
      <h1>{strings.running}</h1>
      <dl>
        <dt>{strings.address}</dt>
        <dd>
          <code>{proxyUrl}</code>
        </dd>
        <dt>{strings.version}</dt>
        <dd>{version}</dd>
        <dt>{strings.since}</dt>
        <dd>{since}</dd>
      </dl>
      <form onSubmit={submit}>
        <label htmlFor="token">{strings.token}</label>
        <div className="row">
          <input
            id="token"
            type="password"
            autoComplete="current-password"
            required
            value={token}
            onChange={({ target }) => setToken(target.value)}
          />
          <button type="submit" disabled={busy}>
            {strings.signIn}
          </button>
        </div>
        {message === null ? <p className="hint">{strings.hint}</p> : <p role="alert">{message}</p>}
      </form>
    </main>
  );
}
