import { Price, PriceId } from '../../contract/price.ts';
import type { ResourceKind } from '../resources/resource-kind.ts';

/** What the use of models costs, by their names; a slash in a name is sent as `%2F`. */
export const PRICES: ResourceKind<'prices', 'prices'> = {
  section: 'prices',
  path: 'prices',
  name: 'price',
  title: 'Price',
  tag: 'Prices',
  noun: 'price',
  schema: Price,
  idKind: null,
  idSchema: PriceId,
  isStamped: false,
  filters: {
    model: {
      description: 'A glob of models, as the price has it',
      fits: ({ model }, value) => model === value,
    },
    channel: { description: 'The id of a channel', fits: ({ channel }, value) => channel === value },
  },
  texts: (id, { model, channel, currency }) => [id, model, channel, currency],
  sortedBy: ['model', 'channel', 'input', 'output', 'currency'],
};
