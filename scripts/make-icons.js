// Draws the program's icons from build/*.svg with Chromium: `node scripts/make-icons.js`. What it writes is committed, so
// that building the packages needs no browser.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { icnsOf, icoOf } from './icon-files.js';

const EDGES = [16, 24, 32, 48, 64, 128, 256, 512, 1024];
const LINUX_EDGES = [16, 32, 48, 64, 128, 256, 512];
const WINDOWS_EDGES = [16, 24, 32, 48, 64, 128, 256];
/** Visible on light and dark task bars alike. */
const TRAY_COLOUR = '#4dabf7';

const folder = fileURLToPath(new URL('../build/', import.meta.url));

/** A drawing as a PNG with a transparent ground. */
async function draw(page, svg, edge, colour) {
  await page.setViewportSize({ width: edge, height: edge });
  await page.setContent(
    `<style>html,body{margin:0;color:${colour}}svg{display:block;width:${edge}px;height:${edge}px}</style>${svg}`,
  );
  return page.screenshot({ omitBackground: true });
}

async function drawAll(page) {
  const icon = readFileSync(join(folder, 'icon.svg'), 'utf8');
  const tray = readFileSync(join(folder, 'tray.svg'), 'utf8');
  const pngs = new Map();
  for (const edge of EDGES) pngs.set(edge, await draw(page, icon, edge, '#000'));
  const write = (name, bytes) => writeFileSync(join(folder, name), bytes);
  for (const name of ['icons', 'tray']) mkdirSync(join(folder, name), { recursive: true });
  write('icon.png', pngs.get(1024));
  write('icon.ico', icoOf(WINDOWS_EDGES.map((edge) => ({ edge, png: pngs.get(edge) }))));
  write('icon.icns', icnsOf(pngs));
  for (const edge of LINUX_EDGES) write(`icons/${edge}x${edge}.png`, pngs.get(edge));
  write('tray/window.png', pngs.get(256));
  for (const [suffix, edge] of [
    ['', 16],
    ['@2x', 32],
  ]) {
    write(`tray/tray${suffix}.png`, await draw(page, tray, edge, TRAY_COLOUR));
    write(`tray/trayTemplate${suffix}.png`, await draw(page, tray, edge, '#000'));
  }
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
});
try {
  await drawAll(await browser.newPage());
} finally {
  await browser.close();
}
