import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCleanUp } from '../../support/clean-up.ts';
import { type LiveFeedClient, LiveFeedRefusal, openLiveFeed } from '../../support/live-feed-client.ts';
import { type OneCustomer, SECOND_KEY, startOneCustomer } from '../../support/one-customer.ts';

const cleanUp = createCleanUp();
let customer: OneCustomer;
let token: string;

beforeEach(async () => {
  customer = await startOneCustomer(cleanUp);
  token = customer.gateway.runToken;
});
afterEach(() => cleanUp.run());

type Options = Parameters<typeof openLiveFeed>[1];

const open = async (options: Options = {}, query = ''): Promise<LiveFeedClient> =>
  cleanUp.closing(await openLiveFeed(customer.gateway.consoleUrl, options, query));
const authorized = () => ({ headers: { authorization: `Bearer ${token}` } });
const refusal = async (options: Options, query = ''): Promise<LiveFeedRefusal> => {
  const error = await open(options, query).then(
    () => new Error('was let in'),
    (reason: unknown) => reason,
  );
  if (error instanceof LiveFeedRefusal) return error;
  throw error;
};
const codeOf = ({ body }: LiveFeedRefusal): string => JSON.parse(body).error.code;

describe('the live feed', () => {
  it('shows a request that was answered, as the request log has it', async () => {
    const feed = await open(authorized());
    const id = await customer.chat();
    await expect.poll(() => feed.requests()).toHaveLength(1);
    const { body } = await customer.admin.get(`/requests/${id}`);
    expect(feed.requests()[0]).toEqual(body);
  });

  it('lets a browser in that shows its session as a subprotocol, and does not repeat it', async () => {
    const { body } = await customer.admin.post<{ session: string }>('/session', { token });
    const feed = await open({ protocols: ['aiproxy.live', `aiproxy.bearer.${body.session}`] });
    expect(feed.socket.protocol).toBe('aiproxy.live');
    await customer.chat();
    await expect.poll(() => feed.requests()).toHaveLength(1);
  });

  it.each([
    ['?user=usr_2', 1],
    ['?key_id=key_2&channel=ch_1', 1],
    ['?model=M-two', 0],
    ['?model=m-two', 1],
    ['?text=M-TWO', 1],
    ['?outcome=success&status=200', 1],
    ['?protocol=sse', 0],
  ])('shows what %s asks for', async (query, shown) => {
    const all = await open(authorized());
    const some = await open(authorized(), query);
    await customer.chat({ key: 'pk-nobody' });
    await customer.chat({ key: SECOND_KEY, model: 'm-two' });
    await expect.poll(() => all.requests()).toHaveLength(2);
    await expect.poll(() => some.requests().length).toBe(shown);
    expect(some.skipped()).toBe(0);
  });

  it('tells how many requests are open when it begins', async () => {
    const feed = await open(authorized());
    await expect.poll(() => feed.messages[0]).toEqual({ type: 'open', requests: 0 });
  });

  it('is closed with 1001 when the program stops', async () => {
    const feed = await open(authorized());
    await customer.gateway.stop();
    expect(await feed.closed).toBe(1001);
  });

  it('is closed with 1008 when its session ends', async () => {
    const { body } = await customer.admin.post<{ session: string }>('/session', { token });
    const feed = await open({ headers: { authorization: `Bearer ${body.session}` } });
    await customer.admin.as(body.session).delete('/session');
    expect(await feed.closed).toBe(1008);
  });
});

describe('the live feed refuses as an HTTP answer', () => {
  it('no credential, and a wrong one', async () => {
    const none = await refusal({});
    expect([none.status, codeOf(none), none.headers['www-authenticate']]).toEqual([
      401,
      'missing_admin_token',
      'Bearer',
    ]);
    const wrong = await refusal({ protocols: ['aiproxy.live', 'aiproxy.bearer.as-wrong'] });
    expect([wrong.status, codeOf(wrong)]).toEqual([401, 'invalid_admin_token']);
  });

  it('a credential in the URL', async () => {
    expect((await refusal({}, `?token=${token}`)).status).toBe(401);
    expect((await refusal(authorized(), `?token=${token}`)).status).toBe(422);
  });

  it('the eleventh wrong credential within a minute', async () => {
    for (let n = 0; n < 10; n += 1) await refusal({ protocols: ['aiproxy.bearer.wrong'] });
    const last = await refusal({ protocols: ['aiproxy.bearer.wrong'] });
    expect([last.status, codeOf(last)]).toEqual([429, 'too_many_attempts']);
    await open(authorized());
  });

  it.each(['null', 'http://evil.test', 'http://localhost.evil.test', 'http://127.0.0.1:1'])(
    'a page of the origin %s',
    async (origin) => {
      const refused = await refusal({ ...authorized(), origin });
      expect([refused.status, codeOf(refused)]).toEqual([403, 'origin_not_allowed']);
    },
  );

  it('another host name', async () => {
    const refused = await refusal({ headers: { ...authorized().headers, host: 'evil.test' } });
    expect([refused.status, codeOf(refused)]).toEqual([403, 'host_not_allowed']);
  });

  it('a filter that is none', async () => {
    expect((await refusal(authorized(), '?status=abc')).status).toBe(422);
    expect((await refusal(authorized(), '?limit=5')).status).toBe(422);
  });

  it('what asks for no WebSocket', async () => {
    const { status, headers } = await customer.admin.get('/requests/live');
    expect([status, headers.get('upgrade')]).toEqual([426, 'websocket']);
  });

  it('with the security headers of every answer, and without CORS', async () => {
    const { headers } = await refusal({});
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });
});
