import { readFile } from 'node:fs/promises';
import { parse } from 'csv-parse/sync';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { withoutBrowser } from '../support/browser.ts';
import { createCleanUp } from '../support/clean-up.ts';
import { type ConsoleBrowser, startConsoleBrowser } from '../support/console/console-page.ts';
import { STORY_WORDS, type StoryWords } from '../support/console/story-words.ts';
import { runJavaScript, runShell } from '../support/run-snippet.ts';
import { type OpenAiStandIn, startOpenAi } from '../support/stand-ins/openai.ts';
import { type Program, startProgram } from '../support/start-program.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** A story goes through six screens and starts three programs. */
const LONG_MS = 90_000;
const USER = 'Ada 李';

const cleanUp = createCleanUp();
let browser: ConsoleBrowser;

beforeAll(async () => {
  browser = await startConsoleBrowser(cleanUp);
});
afterAll(() => cleanUp.run());

/** The real program over a folder of its own, and a platform with a key that only the channel will know. */
async function world(): Promise<{ program: Program; platform: OpenAiStandIn }> {
  const folder = await tempFolder();
  cleanUp.add(() => folder.remove());
  const platform = cleanUp.closing(await startOpenAi());
  return { platform, program: cleanUp.closing(await startProgram(folder.path)) };
}

async function makeChannel(page: Page, words: StoryWords, platform: OpenAiStandIn): Promise<void> {
  await page.getByRole('button', { name: words.addChannel }).first().click();
  await page.getByRole('button', { name: /^OpenAI GPT/ }).click();
  const form = page.getByRole('dialog').first();
  await form.getByRole('textbox', { name: words.address, exact: true }).fill(platform.url);
  await form.getByLabel(words.apiKey).fill(platform.apiKey);
  await form.getByRole('button', { name: words.connection }).click();
  await form.getByRole('combobox', { name: words.privateAddresses }).click();
  await page.getByRole('option', { name: words.yes, exact: true }).click();
  await form.getByRole('button', { name: words.addChannel }).click();
  await page.waitForURL(/\/channels\/ch_/);
}

async function makeUser(page: Page, words: StoryWords): Promise<string> {
  await page.getByRole('button', { name: words.newUser }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel(words.name).fill(USER);
  await form.getByRole('radiogroup').first().getByText(words.all, { exact: true }).click();
  await form.getByRole('button', { name: words.create }).click();
  await page.getByRole('heading', { name: USER }).waitFor();
  return new URL(page.url()).pathname.replace('/users/', '');
}

/** Makes a Proxy-Key and goes on to Connect. */
async function makeKey(page: Page, words: StoryWords): Promise<void> {
  const form = page.getByRole('dialog', { name: words.newKey });
  await form.getByRole('button', { name: words.create }).click();
  await page.getByRole('link', { name: words.moreWays }).click();
  await page.waitForURL(/\/connect\?key=key_/);
}

async function copied(page: Page, words: StoryWords): Promise<string> {
  await page.getByRole('button', { name: words.copy, exact: true }).click();
  await page.getByRole('button', { name: words.copied }).waitFor();
  return String(await page.evaluate('navigator.clipboard.readText()'));
}

/** Pastes what Connect says into programs of their own, and tries it in place. */
async function connect(page: Page, words: StoryWords): Promise<void> {
  await page.getByText('JavaScript', { exact: true }).click();
  await page.getByRole('button', { name: words.putKeyIn }).click();
  expect(await runJavaScript(await copied(page, words))).toBe('You said: Hello!\n');
  await page.getByText('curl', { exact: true }).click();
  const line = (await copied(page, words)).replace('curl', 'curl -s');
  expect(await runShell(line)).toContain('You said: Hello!');
  await page.getByRole('button', { name: words.send }).click();
  await page.getByText(words.works, { exact: true }).waitFor();
}

/** Exports what Usage shows. */
async function exported(page: Page, words: StoryWords): Promise<readonly Readonly<Record<string, string>>[]> {
  await page.getByRole('link', { name: words.usage, exact: true }).click();
  await page.getByRole('table', { name: words.figures }).getByText(USER).waitFor();
  await page.getByRole('button', { name: words.export, exact: true }).click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: /CSV/ }).click(),
  ]);
  return parse(await readFile(await file.path()), { bom: true, columns: true });
}

/** What the platform itself counted of chats. */
async function countedThere({ requests }: OpenAiStandIn) {
  const chats = requests.filter(({ path }) => path === '/v1/chat/completions');
  const keys = chats.flatMap((seen) => seen.header('authorization'));
  const sum = (of: 'tokens_in' | 'tokens_out'): number =>
    chats.reduce((total, { answered }) => total + (answered.usage[of] ?? 0), 0);
  return {
    keys: [...new Set(keys)],
    figures: {
      requests: String(chats.length),
      tokens_in: String(sum('tokens_in')),
      tokens_out: String(sum('tokens_out')),
    },
  };
}

describe.skipIf(withoutBrowser)('the whole story', () => {
  test.each(STORY_WORDS)(
    'from an empty program to a figure that the platform confirms, in $language',
    async (words) => {
      const { program, platform } = await world();
      const door = { consoleUrl: program.ready.console, runToken: program.ready.admin_token };
      const { page, problems } = await browser.open(door, '/channels', { language: words.language });
      await makeChannel(page, words, platform);
      await page.goto(`${door.consoleUrl}/users`);
      const user = await makeUser(page, words);
      await page.goto(`${door.consoleUrl}/keys?new&user=${user}`);
      await makeKey(page, words);
      await connect(page, words);

      const rows = await exported(page, words);
      const { keys, figures } = await countedThere(platform);
      expect(keys).toEqual([`Bearer ${platform.apiKey}`]);
      expect(figures.requests).toBe('3');
      expect(rows).toMatchObject([{ user, user_name: USER, success: '3', ...figures }]);
      expect(problems).toEqual([]);
    },
    LONG_MS,
  );
});
