import { DEMO_ID } from '../demo.ts';
import type { Identity } from '../identity.ts';
import type { Snapshot } from '../snapshot.ts';
import type { ReachableChannel } from './trial-ports.ts';

/** A Proxy-Key as it is sent, and whose it is. */
export interface HeldKey {
  readonly secret: string;
  readonly identity: Identity;
}

/** The key of an id; of a rotated one the newest spelling, which is the first that was compiled. */
export function heldKey({ keys }: Pick<Snapshot, 'keys'>, keyId: string): HeldKey | null {
  for (const [secret, identity] of keys) if (identity.keyId === keyId) return { secret, identity };
  return null;
}

const isWritten = (model: string): boolean => !/[*?]/.test(model);

type Candidate = Identity['candidates']['all'][number];

function modelsOf({ channel: { id, channel, platform } }: Candidate): readonly string[] {
  if (id === DEMO_ID) return ['demo'];
  const written = [...Object.keys(channel.model_map ?? {}), ...(channel.models ?? []).filter(isWritten)];
  return [...new Set([...written, ...(written.length > 0 ? [] : platform.exampleModels)])];
}

/** The channels a key may use and that are in use, best first, with the models it may ask for there. */
export function reachableChannels({ candidates, models }: Identity): readonly ReachableChannel[] {
  return candidates.all
    .filter(({ channel }) => channel.active)
    .map((candidate) => {
      const { id, name, platform, lists } = candidate.channel;
      const isAllowed = (model: string): boolean => (models?.(model) ?? true) && (lists?.(model) ?? true);
      return { id, name, platform: platform.id, models: modelsOf(candidate).filter(isAllowed) };
    });
}
