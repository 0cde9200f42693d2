import type { RecordOf } from '../../api/records.ts';
import { type ChannelFigures, type ChannelState, stateOf, successRate } from '../../ui/channel-state.ts';

/** One channel of the overview. */
export interface ChannelRow {
  readonly id: string;
  readonly name: string;
  readonly state: ChannelState;
  readonly requests: number;
  readonly successRate: number | null;
}

/** Who needs somebody stands above who works, and who works above who does nothing. */
const ORDER: readonly ChannelState[] = ['failing', 'troubled', 'working', 'unused', 'disabled'];

type Known = Pick<RecordOf<'channels'>, 'id' | 'name' | 'status'>;

/**
 * The channels that are worth a look, in that order.
 * @param figures of the last hour by id; the demo’s channel stands there only
 */
export function channelRows(
  channels: readonly Known[],
  figures: ReadonlyMap<string, ChannelFigures & { readonly name?: string | null | undefined }>,
): readonly ChannelRow[] {
  const stored = new Set(channels.map(({ id }) => id));
  const others = [...figures].flatMap(([id, { name }]) =>
    // Of what was deleted there is no name.
    id === '' || stored.has(id) || !name ? [] : [{ id, name, status: undefined }],
  );
  const rows = [...channels, ...others].map(({ id, name, status }) => {
    const own = figures.get(id);
    return {
      id,
      name: name || id,
      state: stateOf(status, own),
      requests: own?.requests ?? 0,
      successRate: own === undefined ? null : successRate(own),
    };
  });
  return rows.toSorted(
    (one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state) || other.requests - one.requests,
  );
}
