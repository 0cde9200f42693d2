import { expect, it } from 'vitest';
import { linkAmong, linkedPath } from '../../../src-main/shell/electron/deep-link.ts';

it.each([
  ['aiproxy://overview', '/'],
  ['aiproxy://users', '/users'],
  ['aiproxy://keys/', '/keys'],
  ['aiproxy://channels', '/channels'],
  ['aiproxy://usage', '/usage'],
  ['aiproxy://requests', '/requests'],
  ['aiproxy://connect', '/connect'],
  ['aiproxy://settings', '/settings'],
])('%s shows %s', (link, path) => expect(linkedPath(link)).toBe(path));

it("writes a central service's address into the form that connects to it", () => {
  const path = '/settings?address=https%3A%2F%2Fai.example%3A8443%2Fproxy';
  expect(linkedPath('aiproxy://connect?address=https://ai.example:8443/proxy')).toBe(path);
  expect(linkedPath('aiproxy://connect?address=https%3A%2F%2Fai.example%3A8443%2Fproxy%2F')).toBe(path);
});

it.each([
  'aiproxy://welcome',
  'aiproxy://users/anna',
  'aiproxy://users?disable=anna',
  'aiproxy://users?address=https://ai.example',
  'aiproxy://../settings',
  'aiproxy:users',
  'AIPROXY://USERS',
  'https://ai.example/',
  'aiproxy://connect?address=http://ai.example',
  'aiproxy://connect?address=javascript:alert(1)',
  'aiproxy://connect?address=https://ai.example&key=pk-not-a-real-key',
  'aiproxy://connect?address=https://anna:word@ai.example',
  'aiproxy://connect?address=https://ai.example/%3Fkey%3Dx',
  'aiproxy://connect?address=https://ai.example/%23x',
  'aiproxy://connect?address=%E0%A4%A',
  'aiproxy://constructor',
  `aiproxy://connect?address=https://ai.example/${'a'.repeat(1024)}`,
])('%s shows nothing', (link) => expect(linkedPath(link)).toBeNull());

it.each([
  'pk-not-a-real-key',
  'sk-not-a-real-key',
  'at-not-a-real-token',
  'AIza-not-a-real-key-at-all',
  'bearer',
])('takes no address that holds what looks like a key: %s', (key) =>
  expect(linkedPath(`aiproxy://connect?address=https://ai.example/${key}`)).toBeNull(),
);

it('is found among the words of a command line', () => {
  expect(linkAmong(['/opt/AIProxy/aiproxy', '--no-sandbox', 'aiproxy://users'])).toBe('aiproxy://users');
  expect(linkAmong(['/opt/AIProxy/aiproxy'])).toBeNull();
});
