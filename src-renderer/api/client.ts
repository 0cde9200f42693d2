import { type ClientResponse, hc } from 'hono/client';
import type { AdminApi } from '../../src-main/admin/api.ts';
import { adminFetch } from './admin-fetch.ts';

/** The admin API, typed by its own routes. Wrap calls in {@link answer}. */
export const admin = hc<AdminApi>('/api/v1', { fetch: adminFetch });

interface ErrorAnswer {
  readonly error: { readonly message: string; readonly code: string };
}

// The routes describe their errors for every status, so it is the body that tells them apart.
type Answered<R> = R extends ClientResponse<infer Body, number, 'json'> ? Exclude<Body, ErrorAnswer> : never;

/** The body of a success. @throws ApiFailure */
export async function answer<R extends ClientResponse<unknown>>(asked: Promise<R>): Promise<Answered<R>> {
  const response = await asked;
  // `adminFetch` throws for whatever is no success.
  return (await response.json()) as Answered<R>;
}
