import { type Exchange, type StandIn, startStandIn } from '../stand-in.ts';
import { bearerKeys } from './credential-places.ts';

/** How a platform answers a POST that makes something, given the id of what it made. */
export type Making = (exchange: Exchange, id: string) => void;

/** A stand-in that makes something at every POST, and finds at other requests what it made itself. */
export function startIdMaker(name: string, making: Making): Promise<StandIn> {
  let made = 0;
  return startStandIn(
    {
      keysOf: bearerKeys,
      refuse: ({ answer }) => answer.json(401, { error: { message: 'wrong key' } }),
      handle(exchange) {
        const { method, path } = exchange.seen;
        if (method === 'POST') {
          made += 1;
          making(exchange, `${name}-${made}`);
        } else exchange.answer.json(path.includes(`/${name}-`) ? 200 : 404, { found_by: name });
      },
    },
    { apiKey: `channel-key-of-${name}` },
  );
}
