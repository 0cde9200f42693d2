import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { startBrowser } from './browser.ts';
import type { BrowserPage } from './browser-page.ts';
import type { CleanUp } from './clean-up.ts';

/** What came of a call that a page made. */
export interface Dialled {
  readonly status: number;
  readonly type: string | null;
  readonly location: string | null;
  readonly offer: string;
  readonly answer: string;
}

/** The browser's own figures of a call (W3C webrtc-stats). */
export interface CallFigures {
  /** Where its packets go. */
  readonly protocol: string;
  readonly address: string;
  readonly port: number;
  /** Of the audio it sends. */
  readonly ssrc: number;
  readonly packetsHeard: number;
  /** Of the sound it decoded; 0 is silence. */
  readonly energyHeard: number;
}

/** An application in a browser that makes calls over WebRTC, one at a time. */
export interface CallingPage {
  readonly page: BrowserPage;
  /** Offers, posts the offer and takes the answer. */
  dial(url: string, key: string): Promise<Dialled>;
  /** Offers, and leaves it to others to bring the answer. @returns the offer */
  offer(): Promise<string>;
  take(answer: string): Promise<void>;
  /** Resolves when packets and messages can pass. */
  connected(): Promise<void>;
  /** Says an event over the data channel. */
  say(event: object): Promise<void>;
  /** What it was told over the data channel, the types of the events. */
  told(): Promise<readonly string[]>;
  figures(): Promise<CallFigures>;
}

/** With a microphone's sound, a data channel and a player for what comes back. */
const APPLICATION = `<!doctype html><title>An application</title><script>
  let call = null;
  async function offer() {
    call?.connection.close();
    const connection = new RTCPeerConnection();
    const [sound] = (await navigator.mediaDevices.getUserMedia({ audio: true })).getTracks();
    connection.addTrack(sound);
    const channel = connection.createDataChannel('oai-events');
    call = { connection, channel, events: [], player: new Audio() };
    const { events, player } = call;
    channel.onmessage = ({ data }) => events.push(JSON.parse(data));
    connection.ontrack = ({ track }) => {
      player.srcObject = new MediaStream([track]);
      player.play();
    };
    const gathered = new Promise((resolve) => {
      connection.onicecandidate = ({ candidate }) => { if (candidate === null) resolve(); };
    });
    await connection.setLocalDescription();
    await gathered;
    return connection.localDescription.sdp;
  }
  const take = (sdp) => call.connection.setRemoteDescription({ type: 'answer', sdp });
  async function dial(url, key) {
    const body = await offer();
    const headers = { authorization: 'Bearer ' + key, 'content-type': 'application/sdp' };
    const response = await fetch(url, { method: 'POST', headers, body });
    const answer = await response.text();
    if (response.status === 201) await take(answer);
    const header = (name) => response.headers.get(name);
    return { status: response.status, type: header('content-type'), location: header('location'), offer: body, answer };
  }
  async function figures() {
    const all = [...(await call.connection.getStats()).values()];
    const pair = all.find(({ type, nominated }) => type === 'candidate-pair' && nominated);
    const { protocol, address, port } = all.find(({ id }) => id === pair.remoteCandidateId);
    const outbound = all.find(({ type }) => type === 'outbound-rtp');
    const inbound = all.find(({ type }) => type === 'inbound-rtp') ?? {};
    return { protocol, address, port, ssrc: outbound.ssrc,
      packetsHeard: inbound.packetsReceived ?? 0, energyHeard: inbound.totalAudioEnergy ?? 0 };
  }
</script>`;

/** A microphone that beeps and needs no permission, and addresses of loopback, which pages are not shown otherwise. */
const FLAGS = [
  '--use-fake-ui-for-media-stream',
  '--use-fake-device-for-media-stream',
  '--allow-loopback-in-peer-connection',
  '--autoplay-policy=no-user-gesture-required',
];

/** The application's site. By the name `localhost` it counts as secure, which the microphone asks for. */
async function startSite(cleanUp: CleanUp): Promise<string> {
  const server = createServer((_request, response) =>
    response.writeHead(200, { 'content-type': 'text/html' }).end(APPLICATION),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  cleanUp.add(() => {
    server.closeAllConnections();
    server.close();
  });
  // A server that listens on TCP has an address of this kind.
  return `http://localhost:${(server.address() as AddressInfo).port}/`;
}

/** Opens the application in a browser of its own. */
export async function openCallingPage(cleanUp: CleanUp): Promise<CallingPage> {
  const site = await startSite(cleanUp);
  const browser = cleanUp.closing(await startBrowser(FLAGS));
  const page = await browser.open(site);
  const words = (...values: readonly unknown[]): string => values.map((v) => JSON.stringify(v)).join(', ');
  // What the page's script above resolves with.
  const run = async <T>(script: string): Promise<T> => (await page.evaluate(script)) as T;
  return {
    page,
    dial: (url, key) => run<Dialled>(`dial(${words(url, key)})`),
    offer: () => run<string>('offer()'),
    take: (answer) => run<void>(`take(${words(answer)})`),
    async connected() {
      await page.until(`call.connection.connectionState === 'connected'`);
      await page.until(`call.channel.readyState === 'open'`);
    },
    say: (event) => run<void>(`call.channel.send(${words(JSON.stringify(event))})`),
    told: () => run<readonly string[]>('call.events.map(({ type }) => type)'),
    figures: () => run<CallFigures>('figures()'),
  };
}
