import type { Installed } from '../installed.ts';
import type { ContenderName } from '../options.ts';
import type { Target } from '../target.ts';

/** A gateway that runs and can be measured. */
export interface Running {
  readonly name: string;
  readonly target: Target;
  /** The process that carries the traffic. */
  readonly pid: number;
  stop(): Promise<void>;
}

/** What a gateway is started with. */
export interface ContenderStart {
  readonly installed: Installed;
  readonly upstreamPort: number;
  /** Where WebSockets go, if they are measured. */
  readonly webSocketPort: number | null;
  /** The core it is bound to, or `null`. */
  readonly core: number | null;
  /** A folder for whatever it writes. */
  readonly workDir: string;
}

/** How to start one kind of gateway. */
export type StartContender = (start: ContenderStart) => Promise<Running>;

/** How many users with a Proxy-Key of their own take part. */
export const USERS = 100;

export type Contenders = Readonly<Record<ContenderName, StartContender>>;
