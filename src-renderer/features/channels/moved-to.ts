/** A list with one of its records at another place. @param place counts from 1; beyond the ends, the end */
export function movedTo<T extends { readonly id: string }>(
  records: readonly T[],
  id: string,
  place: number,
): readonly T[] {
  const moved = records.find((record) => record.id === id);
  if (moved === undefined || !Number.isFinite(place)) return records;
  const others = records.filter((record) => record !== moved);
  return others.toSpliced(Math.max(0, Math.trunc(place) - 1), 0, moved);
}
