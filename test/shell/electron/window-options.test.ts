import { expect, it } from 'vitest';
import { windowOptions } from '../../../src-main/shell/electron/window-options.ts';

const facts = {
  area: { x: 10, y: 20, width: 1280, height: 860 },
  isDark: false,
  preload: '/program/preload.cjs',
  icon: '/program/window.png',
  isPackaged: true,
};

it('gives the page a sandbox and nothing of Node', () => {
  expect(windowOptions(facts).webPreferences).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
  });
});

it('keeps the rules of the web, and has no webview', () => {
  expect(windowOptions(facts).webPreferences).toMatchObject({
    webSecurity: true,
    allowRunningInsecureContent: false,
    webviewTag: false,
    plugins: false,
    experimentalFeatures: false,
    navigateOnDragDrop: false,
  });
});

it('has developer tools in a checkout, and none in an installed copy', () => {
  expect(windowOptions(facts).webPreferences?.devTools).toBe(false);
  expect(windowOptions({ ...facts, isPackaged: false }).webPreferences?.devTools).toBe(true);
});

it('is shown when there is something to see, on a ground that fits the theme', () => {
  expect(windowOptions(facts)).toMatchObject({ show: false, backgroundColor: '#ffffff' });
  expect(windowOptions({ ...facts, isDark: true }).backgroundColor).toBe('#1a1b1e');
});

it('can be made as small as the console is usable', () => {
  expect(windowOptions(facts)).toMatchObject({ minWidth: 390, minHeight: 600, width: 1280, height: 860 });
});
