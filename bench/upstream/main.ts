// The stand-in platform as a process: `node main.ts <events per second>`. Its first line says where it listens.
import { portOf } from '../free-port.ts';
import { EventStreams } from './event-streams.ts';
import { createUpstream } from './server.ts';

const server = createUpstream(new EventStreams(Number(process.argv[2])));
server.listen({ port: 0, host: '127.0.0.1', backlog: 4096 }, () => {
  process.stdout.write(`${JSON.stringify({ event: 'ready', port: portOf(server) })}\n`);
});
