import { expect, it } from 'vitest';
import type { DesktopNotice, DesktopSettings } from '../../../src-main/contract/desktop-bridge.ts';
import { BRIDGE } from '../../../src-main/shell/electron/bridge-channels.ts';
import { bridgeHandlers } from '../../../src-main/shell/electron/bridge-requests.ts';

const CONSOLE = 'http://127.0.0.1:8002';
const FROM_CONSOLE = { url: `${CONSOLE}/settings`, isTopFrame: true };

function bridge() {
  let settings: DesktopSettings = { openAtLogin: false, keepRunning: true, language: 'system' };
  const notices: DesktopNotice[] = [];
  const handlers = bridgeHandlers(
    {
      settings: () => settings,
      changeSettings: async (changed) => {
        settings = { ...settings, ...changed };
        return settings;
      },
      notify: (notice) => void notices.push(notice),
    },
    () => CONSOLE,
  );
  const send = async (channel: string, argument?: unknown, sender = FROM_CONSOLE) =>
    handlers[channel]?.(sender, argument);
  return { send, notices };
}

it('gives the console its settings, and changes those it names', async () => {
  const { send } = bridge();
  expect(await send(BRIDGE.changeSettings, { keepRunning: false })).toEqual({
    openAtLogin: false,
    keepRunning: false,
    language: 'system',
  });
  expect(await send(BRIDGE.getSettings)).toMatchObject({ keepRunning: false });
});

it('shows a notice', async () => {
  const { send, notices } = bridge();
  await send(BRIDGE.notify, { title: 'Backup', body: 'It is done.' });
  expect(notices).toEqual([{ title: 'Backup', body: 'It is done.' }]);
});

it.each([
  ['another origin', { url: 'https://ai.example/', isTopFrame: true }],
  ['the proxy', { url: 'http://127.0.0.1:8001/dashboard', isTopFrame: true }],
  ['a frame within the console', { url: CONSOLE, isTopFrame: false }],
  ['a frame that is gone', { url: '', isTopFrame: true }],
])('refuses %s', async (_who, sender) => {
  const { send } = bridge();
  for (const channel of [BRIDGE.getSettings, BRIDGE.changeSettings, BRIDGE.notify])
    await expect(send(channel, undefined, sender)).rejects.toThrow('only the console may ask this');
});

it.each([
  [BRIDGE.getSettings, 'all'],
  [BRIDGE.changeSettings, { language: 'fr' }],
  [BRIDGE.changeSettings, { admin: true }],
  [BRIDGE.changeSettings, null],
  [BRIDGE.notify, { title: 'a'.repeat(201), body: '' }],
  [BRIDGE.notify, { title: 'a', body: 'b', icon: 'file:///etc/passwd' }],
])('refuses what the bridge does not send: %s %j', async (channel, argument) => {
  const { send, notices } = bridge();
  await expect(send(channel, argument)).rejects.toThrow();
  expect(notices).toEqual([]);
});
