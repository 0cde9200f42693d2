import { createApp } from '../../../src-main/app.ts';

// Run as a process of its own: serves from the data folder it is given and tells where. It ends with its parent.
const [dataDir = '.'] = process.argv.slice(2);
const options = { dataDir, configPath: null, port: 0, consolePort: 0, demo: false, env: {} };
const { proxyUrl } = await createApp({ ...options, logLevel: 'error' }).start();
process.once('disconnect', () => process.exit(0));
process.send?.(proxyUrl);
