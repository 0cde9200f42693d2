import { type RTCDataChannel, RTCPeerConnection, type RtpPacket } from 'werift';

/** A peer that answers one offer: it hears audio, sends it back, and talks over the client's data channel. */
export interface WebRtcPeer {
  /** The answer, with all its candidates: addresses of this computer alone. */
  readonly answer: string;
  /** Audio packets it heard, in order. */
  readonly heard: readonly HeardPacket[];
  /** Ends the call so that the client learns of it: closes the data channel, then goes. */
  hangUp(): Promise<void>;
  close(): Promise<void>;
}

/** What an audio packet says of itself (RFC 3550). */
export interface HeardPacket {
  readonly ssrc: number;
  readonly sequenceNumber: number;
  /** Of the sound in it. */
  readonly bytes: number;
}

/** Takes part in what is said over a data channel. @returns what it does with each message */
export type Conversation = (send: (text: string) => void) => (text: string) => void;

const LOOPBACK = '127.0.0.1';

/** No server is asked for addresses, and nothing is listened to but loopback. */
const ON_THIS_COMPUTER = {
  iceServers: [],
  iceUseIpv6: false,
  iceUseTcp: false,
  iceInterfaceAddresses: { udp4: LOOPBACK },
  iceAdditionalHostAddresses: [LOOPBACK],
};

const FOREIGN_CANDIDATE = /^a=candidate:(?!.* 127\.0\.0\.1 ).*\r\n/gm;

async function closed(channel: RTCDataChannel): Promise<void> {
  const gone = channel.stateChange.watch((state) => state === 'closed');
  channel.close();
  await gone;
}

function converse(channel: RTCDataChannel, conversation: Conversation): void {
  const take = conversation((text) => channel.send(text));
  channel.onMessage.subscribe((message) => take(String(message)));
}

/** Hears what comes, and sends it back. @param heard gets each packet */
function echo(connection: RTCPeerConnection, heard: HeardPacket[]): void {
  connection.onTransceiverAdded.subscribe(({ sender, onTrack }) => {
    const hear = (packet: RtpPacket): void => {
      const { ssrc, sequenceNumber } = packet.header;
      heard.push({ ssrc, sequenceNumber, bytes: packet.payload.length });
      // One may still come while it hangs up.
      sender.sendRtp(packet.clone()).catch(() => undefined);
    };
    onTrack.subscribe((track) => void track.onReceiveRtp.subscribe(hear));
  });
}

/** Answers an offer. @throws Error for what is no offer, or one without audio */
export async function answerOffer(offer: string, conversation: Conversation): Promise<WebRtcPeer> {
  const connection = new RTCPeerConnection(ON_THIS_COMPUTER);
  const heard: HeardPacket[] = [];
  const channels: RTCDataChannel[] = [];
  connection.onDataChannel.subscribe((channel) => {
    channels.push(channel);
    converse(channel, conversation);
  });
  echo(connection, heard);
  await connection.setRemoteDescription({ type: 'offer', sdp: offer });
  const [audio] = connection.getTransceivers();
  if (audio?.kind !== 'audio') throw new Error('the offer has no audio');
  audio.setDirection('sendrecv');
  await connection.setLocalDescription(await connection.createAnswer());
  const answer = connection.localDescription?.sdp ?? '';
  return {
    answer: answer.replaceAll(FOREIGN_CANDIDATE, ''),
    heard,
    async hangUp() {
      await Promise.all(channels.map(closed));
      await connection.close();
    },
    close: () => connection.close(),
  };
}
