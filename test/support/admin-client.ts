/** An answer of the admin API. */
export interface AdminAnswer<T = unknown> {
  readonly status: number;
  readonly headers: Headers;
  /** The parsed JSON, or the text where it is none; `null` where there is no body. */
  readonly body: T;
  readonly etag: string | null;
}

/** What the error answers of the admin API look like. */
export interface AdminErrorBody {
  readonly error: {
    readonly message: string;
    readonly type: string;
    readonly param: string | null;
    readonly code: string;
    readonly issues?: readonly { readonly path: string; readonly message: string }[];
    readonly affected?: Readonly<Record<string, readonly string[]>>;
    readonly current?: unknown;
  };
}

type SentHeaders = Readonly<Record<string, string>>;

/** Speaks to the admin API of a running gateway over HTTP. Paths are those below `/api/v1`, such as `/users`. */
export interface AdminClient {
  get<T = unknown>(path: string, headers?: SentHeaders): Promise<AdminAnswer<T>>;
  post<T = unknown>(path: string, body?: unknown, headers?: SentHeaders): Promise<AdminAnswer<T>>;
  put<T = unknown>(path: string, body: unknown, headers?: SentHeaders): Promise<AdminAnswer<T>>;
  patch<T = unknown>(path: string, body: unknown, headers?: SentHeaders): Promise<AdminAnswer<T>>;
  delete<T = unknown>(path: string, headers?: SentHeaders): Promise<AdminAnswer<T>>;
  /** The bare answer, for bodies that are no JSON. */
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Signs in with this client's credential. @returns a client that shows the session instead */
  signIn(): Promise<AdminClient>;
  /** The same with another credential; `null` shows none. */
  as(credential: string | null): AdminClient;
}

function parsed(text: string): unknown {
  if (text === '') return null;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Where a gateway's console is, and the admin token of its run; what `startGateway` gives fits. */
export interface ConsoleAddress {
  readonly consoleUrl: string;
  readonly runToken: string;
}

/** A client of the admin API. @param credential an admin token or a session; `null` for none */
export function adminClient(
  { consoleUrl, runToken }: ConsoleAddress,
  credential: string | null = runToken,
): AdminClient {
  const bare = (path: string, { headers, ...init }: RequestInit = {}): Promise<Response> => {
    const all = new Headers(headers);
    if (credential !== null && !all.has('authorization')) all.set('authorization', `Bearer ${credential}`);
    return fetch(`${consoleUrl}/api/v1${path}`, { ...init, headers: all });
  };
  const ask = async <T>(method: string, path: string, body: unknown, headers: SentHeaders = {}) => {
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    const init: RequestInit =
      body === undefined
        ? { method, headers }
        : { method, headers: { 'content-type': type, ...headers }, body: JSON.stringify(body) };
    const response = await bare(path, init);
    // A test says what it expects, and then looks.
    const content = parsed(await response.text()) as T;
    const answer: AdminAnswer<T> = {
      status: response.status,
      headers: response.headers,
      body: content,
      etag: response.headers.get('etag'),
    };
    return answer;
  };
  return {
    get: (path, headers) => ask('GET', path, undefined, headers),
    post: (path, body, headers) => ask('POST', path, body, headers),
    put: (path, body, headers) => ask('PUT', path, body, headers),
    patch: (path, body, headers) => ask('PATCH', path, body, headers),
    delete: (path, headers) => ask('DELETE', path, undefined, headers),
    fetch: bare,
    async signIn() {
      const { status, body } = await ask<{ session: string }>('POST', '/session', { token: credential });
      if (status !== 200) throw new Error(`signing in was refused with ${status}`);
      return adminClient({ consoleUrl, runToken }, body.session);
    },
    as: (other) => adminClient({ consoleUrl, runToken }, other),
  };
}
