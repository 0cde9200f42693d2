import { stringsFor } from './strings.ts';
import { uptimeText } from './uptime.ts';
import { useStatus } from './use-status.ts';

interface AliveProps {
  readonly language: string;
  readonly session: string;
  readonly onSignOut: () => void;
  /** The session has ended by itself. */
  readonly onOver: () => void;
}

/** The page behind the sign-in: that the service is alive, where it is, and what was used today. */
export function Alive({ language, session, onSignOut, onOver }: AliveProps) {
  const strings = stringsFor(language);
  const { status, today, isReachable } = useStatus(session, onOver);
  return (
    <main>
      <h1 className={isReachable ? 'alive' : 'silent'}>
        {isReachable ? strings.alive : strings.unreachable}
      </h1>
      {status !== null && (
        <dl>
          <dt>{strings.address}</dt>
          <dd>
            <code>{status.proxyUrl}</code>
          </dd>
          <dt>{strings.version}</dt>
          <dd>{status.version}</dd>
          <dt>{strings.uptime}</dt>
          <dd>{uptimeText(status.uptimeSeconds, strings)}</dd>
          {today !== null && (
            <>
              <dt>{strings.today}</dt>
              <dd>{strings.used(today.requests, today.tokens)}</dd>
            </>
          )}
        </dl>
      )}
      <nav className="row">
        {status !== null && (
          <a href={`${status.proxyUrl}/dashboard`} rel="noreferrer">
            {strings.dashboard}
          </a>
        )}
        <a href="/docs">{strings.docs}</a>
        <button type="button" onClick={onSignOut}>
          {strings.signOut}
        </button>
      </nav>
    </main>
  );
}
