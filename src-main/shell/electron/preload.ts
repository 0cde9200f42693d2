import { contextBridge, ipcRenderer } from 'electron';
import type { DesktopBridge } from '../../contract/desktop-bridge.ts';
import { BRIDGE } from './bridge-channels.ts';

let listener: ((path: string) => void) | null = null;
let waiting: string | null = null;
// A link may have started the program: the path waits for the page.
ipcRenderer.on(BRIDGE.show, (_event, path: unknown) => {
  if (typeof path !== 'string') return;
  if (listener === null) waiting = path;
  else listener(path);
});

const bridge: DesktopBridge = {
  platform: process.platform,
  getSettings: () => ipcRenderer.invoke(BRIDGE.getSettings),
  changeSettings: (changed) => ipcRenderer.invoke(BRIDGE.changeSettings, changed),
  notify: (notice) => ipcRenderer.invoke(BRIDGE.notify, notice),
  onShow: (show) => {
    listener = show;
    if (waiting !== null) show(waiting);
    waiting = null;
  },
};
contextBridge.exposeInMainWorld('aiproxyDesktop', bridge);
