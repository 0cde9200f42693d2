import { adminClient, type ConsoleAddress } from './admin-client.ts';

/** One route of the admin API, as its own description names it. */
export interface AdminOperation {
  /** In capitals. */
  readonly method: string;
  /** With its parameters filled in, from the root of the console. */
  readonly path: string;
  /** The media type of its body; `null` where it takes none. */
  readonly bodyType: string | null;
  /** Whether it asks for no credential. */
  readonly isPublic: boolean;
}

interface Described {
  readonly requestBody?: { readonly content: Readonly<Record<string, unknown>> };
  readonly security?: readonly unknown[];
}

interface Description {
  readonly servers: readonly { readonly url: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, Described>>>>;
}

/** Every route that a running console describes. @param id stands in the place of each parameter */
export async function adminOperations(
  address: ConsoleAddress,
  id: string,
): Promise<readonly AdminOperation[]> {
  const { body } = await adminClient(address, null).get<Description>('/openapi.json');
  const root = body.servers[0]?.url ?? '';
  return Object.entries(body.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { requestBody, security }]) => ({
      method: method.toUpperCase(),
      path: root + path.replaceAll(/\{\w+\}/g, id),
      bodyType: Object.keys(requestBody?.content ?? {})[0] ?? null,
      isPublic: security?.length === 0,
    })),
  );
}
