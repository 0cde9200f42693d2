import type { Strings } from './strings.ts';

interface WelcomeProps {
  readonly strings: Strings;
  readonly version: string;
  readonly proxyUrl: string;
  /** When the program started, in the reader's own time. */
  readonly since: string;
}

/** The first page: that AIProxy runs, and where. */
export function Welcome({ strings, version, proxyUrl, since }: WelcomeProps) {
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
      <p>
        <a href={`${proxyUrl}/dashboard`} rel="noreferrer">
          {strings.dashboard}
        </a>
      </p>
    </main>
  );
}
