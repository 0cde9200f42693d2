import { expect, test } from 'vitest';
import { runToEnd } from './run-script.ts';

/** Asks electron-builder itself what it thinks of the file, and which fuses this Electron has. */
const SCRIPT = `
const { validateConfiguration } = require('app-builder-lib/out/util/config/config.js');
const { DebugLogger } = require('builder-util');
const { FuseV1Options } = require('@electron/fuses');
const yaml = require('yaml');
const config = yaml.parse(require('node:fs').readFileSync('electron-builder.yml', 'utf8'));
validateConfiguration(config, new DebugLogger(false)).then(() => {
  const fuses = Object.keys(FuseV1Options).filter((name) => Number.isNaN(Number(name)));
  const unset = fuses.filter((name) => config.electronFuses[name[0].toLowerCase() + name.slice(1)] === undefined);
  console.log(JSON.stringify({ version: config.electronVersion, fuses: fuses.length, unset }));
});
`;

test('electron-builder accepts its configuration, in which every fuse is written out', async () => {
  const { code, stdout, stderr } = await runToEnd([process.execPath, '-e', SCRIPT]);
  expect([code, stderr]).toEqual([0, '']);
  const { fuses, unset } = JSON.parse(stdout);
  expect(fuses).toBeGreaterThanOrEqual(8);
  expect(unset).toEqual([]);
});
