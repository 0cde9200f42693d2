import { describe, expect, test } from 'vitest';
import { DocumentSchema, emptyDocument } from '../../src-main/contract/document.ts';
import { demoRecords, withDemo } from '../../src-main/core/demo.ts';

const records = demoRecords('http://127.0.0.1:4711', 'pk-demo');

describe('the demo records', () => {
  test('lie over an empty document without changing it', () => {
    const document = emptyDocument();
    const running = withDemo(document, records);
    expect(document).toEqual(emptyDocument());
    expect(DocumentSchema.parse(running)).toEqual(running);
    expect(Object.values(running.channels)).toMatchObject([
      { base_url: 'http://127.0.0.1:4711/v1', allow_private: true },
    ]);
    expect(Object.values(running.proxy_keys)).toMatchObject([{ key: 'pk-demo' }]);
  });

  test('let whoever may use all channels use the demo while there is no other channel', () => {
    const document = { ...emptyDocument(), users: { a: { channels: '*' as const } } };
    expect(withDemo(document, records).users.a?.channels).toBe('*');
  });

  test('keep the demo away from real users as soon as there is a real channel', () => {
    const document = {
      ...emptyDocument(),
      users: { all: { channels: '*' as const }, some: { channels: ['real'] }, none: {} },
      groups: { team: { channels: '*' as const } },
      channels: { real: { platform: 'openai' } },
    };
    const running = withDemo(document, records);
    expect(running.users).toMatchObject({
      all: { channels: ['real'] },
      some: { channels: ['real'] },
      none: {},
    });
    expect(running.groups.team?.channels).toEqual(['real']);
    expect(running.users.none?.channels).toBeUndefined();
  });
});
