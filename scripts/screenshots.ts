// Takes a picture of every screen: light, dark, in Chinese and narrow, into docs/screenshots/. Names of screens as
// arguments take those only. The program is the real one; its platforms stand in, and its people do not exist.
import { stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { createCleanUp } from '../test/support/clean-up.ts';
import { startConsoleBrowser } from '../test/support/console/console-page.ts';
import { startAnthropic } from '../test/support/stand-ins/anthropic.ts';
import { startDashScope } from '../test/support/stand-ins/dashscope.ts';
import { startGemini } from '../test/support/stand-ins/gemini.ts';
import { startOpenAi } from '../test/support/stand-ins/openai.ts';
import { startProgram } from '../test/support/start-program.ts';
import { tempFolder } from '../test/support/temp-folder.ts';
import { writeDocument } from '../test/support/write-document.ts';
import { chooseFonts } from './screenshots/fonts.ts';
import { KINDS, PICTURES, takePictures } from './screenshots/pictures.ts';
import { sampleCompany } from './screenshots/sample-company.ts';
import { writeSampleMonth } from './screenshots/sample-month.ts';
import { sampleTraffic } from './screenshots/sample-traffic.ts';

const MOST_BYTES = 200 * 1024;

const folder = fileURLToPath(new URL('../docs/screenshots', import.meta.url));
const wanted = process.argv.slice(2);
const pictures = PICTURES.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const say = (line: string): void => void process.stdout.write(`${line}\n`);

async function report(file: string, problems: readonly string[]): Promise<void> {
  const { size } = await stat(file);
  say(`${file.slice(folder.length + 1)}  ${Math.ceil(size / 1024)} KiB`);
  if (size > MOST_BYTES || problems.length > 0) process.exitCode = 1;
  if (size > MOST_BYTES) say('  is too large');
  for (const problem of problems) say(`  ${problem}`);
}

const cleanUp = createCleanUp();
try {
  const home = await tempFolder();
  cleanUp.add(() => home.remove());
  await chooseFonts(home.path);
  const company = sampleCompany({
    openai: cleanUp.closing(await startOpenAi()),
    anthropic: cleanUp.closing(await startAnthropic()),
    gemini: cleanUp.closing(await startGemini()),
    dashscope: cleanUp.closing(await startDashScope()),
  });
  await writeDocument(home.path, company);
  await writeSampleMonth(home.path, Date.now());
  const { ready } = cleanUp.closing(await startProgram(home.path));
  cleanUp.add(sampleTraffic(ready.proxy));
  const browser = await startConsoleBrowser(cleanUp);
  const door = { consoleUrl: ready.console, runToken: ready.admin_token };
  const reports: Promise<void>[] = [];
  const onPicture = (file: string, problems: readonly string[]): void => {
    reports.push(report(file, problems));
  };
  for (const kind of Object.keys(KINDS)) {
    await takePictures(kind, { browser, door, folder, pictures, onPicture });
  }
  await Promise.all(reports);
} finally {
  await cleanUp.run();
}
