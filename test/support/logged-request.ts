import type { LoggedRequest } from '../../src-renderer/api/live-feed.ts';
import { aRecord } from './request-record.ts';

/** A line of the request log as the console reads it. */
export function loggedRequest(members: Partial<LoggedRequest> = {}): LoggedRequest {
  const { time, ...record } = aRecord();
  return { ...record, time: new Date(time).toISOString(), ...members };
}
