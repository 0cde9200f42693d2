import { DIMENSIONS, type Dimension, GRANULARITIES, type Granularity } from '../../contract/statistics.ts';

/** What an export is grouped by. */
export interface Grouping {
  readonly by: readonly Dimension[];
  readonly granularity: Granularity | null;
}

/** Takes `user,channel,hour` apart. @returns the reason where it is none */
export function parseGrouping(text: string): Grouping | string {
  const by: Dimension[] = [];
  let granularity: Granularity | null = null;
  for (const word of text.split(',').map((part) => part.trim())) {
    const dimension = DIMENSIONS.find((one) => one === word);
    const period = GRANULARITIES.find((one) => one === word);
    if (dimension !== undefined && !by.includes(dimension)) by.push(dimension);
    else if (period !== undefined && granularity === null) granularity = period;
    else return reasonAgainst(word, dimension !== undefined || period !== undefined);
  }
  return { by, granularity };
}

function reasonAgainst(word: string, isKnown: boolean): string {
  const known = `${DIMENSIONS.join(', ')}, and one of ${GRANULARITIES.join(', ')}`;
  return isKnown
    ? `"${word}" is one too many: take each once of ${known}`
    : `there is no "${word}": take any of ${known}`;
}
