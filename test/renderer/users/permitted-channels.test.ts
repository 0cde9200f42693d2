import { expect, test } from 'vitest';
import { permittedChannels } from '../../../src-renderer/features/users/permitted-channels.ts';

const known = [
  { id: 'one', platform: 'openai' },
  { id: 'two', platform: 'openai' },
  { id: 'three', platform: 'openai' },
];

/** Each permitted channel with who permits it: the user (u), the group (g), or both. */
const said = (
  ...[user, group]: [Parameters<typeof permittedChannels>[0], Parameters<typeof permittedChannels>[1]]
) =>
  permittedChannels(user, group, known).map(
    ({ id, isOwn, isOfGroup }) => `${id} ${isOwn ? 'u' : ''}${isOfGroup ? 'g' : ''}`,
  );

test.each([
  ['none of their own and no group', {}, null, []],
  ['their own', { channels: ['two'] }, null, ['two u']],
  ['all', { channels: '*' as const }, null, ['one u', 'two u', 'three u']],
  ["the group's", {}, { channels: ['three'] }, ['three g']],
  ['both', { channels: ['two'] }, { channels: ['two', 'one'] }, ['one g', 'two ug']],
  [
    'their own where the group has all',
    { channels: ['two'] },
    { channels: '*' as const },
    ['one g', 'two ug', 'three g'],
  ],
])('a user may use %s', (_, user, group, expected) => {
  expect(said(user, group)).toEqual(expected);
});

test('a channel that is not known is shown all the same, once', () => {
  const permitted = permittedChannels({ channels: ['gone'] }, { channels: ['gone'] }, known);
  expect(permitted).toEqual([{ id: 'gone', channel: null, isOwn: true, isOfGroup: true }]);
});
