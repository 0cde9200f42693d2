import { afterEach, describe, expect, it } from 'vitest';
import { createCleanUp } from '../support/clean-up.ts';
import { rawJsonAnswer } from '../support/raw-answers.ts';
import { chatBody, onlyLine, sendChat, startBehind } from './faults/behind.ts';

const cleanUp = createCleanUp();
afterEach(cleanUp.run);

/** A platform that answers with these statuses in turn, whatever connection it is asked on. */
async function answering(statuses: readonly number[], max_retries: number) {
  const requests: string[] = [];
  const behind = await startBehind(
    cleanUp,
    async (connection) => {
      for (;;) {
        const request = await connection.request();
        const status = statuses[requests.push(request) - 1] ?? 500;
        connection.send(rawJsonAnswer({ error: { message: `status ${status}`, code: 'theirs' } }, status));
      }
    },
    { max_retries },
  );
  return { ...behind, requests };
}

describe('an answer that says that another try may help', () => {
  it('is thrown away and asked for again, with the very same bytes', async () => {
    const { gateway, requests } = await answering([503, 502, 200], 2);
    expect((await (await sendChat(gateway)).answer()).status).toBe(200);
    expect(requests).toHaveLength(3);
    expect(new Set(requests).size).toBe(1);
    expect(requests[0]).toContain(chatBody(false));
    expect(await onlyLine(gateway)).toMatchObject({
      status: 200,
      outcome: 'success',
      attempts: 3,
      error_code: null,
    });
  });

  it('passes on when the tries are used up', async () => {
    const { gateway, requests } = await answering([503, 503, 503], 1);
    const answer = await (await sendChat(gateway)).answer();
    expect([answer.status, JSON.parse(answer.body).error.message]).toEqual([503, 'status 503']);
    expect(requests).toHaveLength(2);
    expect(await onlyLine(gateway)).toMatchObject({
      outcome: 'platform_error',
      error_code: 'theirs',
      attempts: 2,
    });
  });

  it('passes on at once where the channel has no retries', async () => {
    const { gateway, requests } = await answering([503, 200], 0);
    expect((await (await sendChat(gateway)).answer()).status).toBe(503);
    expect(requests).toHaveLength(1);
  });

  it('is not asked for again when the client has left meanwhile', async () => {
    const { gateway, requests } = await answering([503, 503, 503, 503, 200], 4);
    const client = await sendChat(gateway);
    await expect.poll(() => requests.length).toBe(3);
    client.reset();
    expect(await onlyLine(gateway)).toMatchObject({ status: 499, outcome: 'aborted', attempts: 3 });
    expect(requests).toHaveLength(3);
  });
});
