const two = (value: number): string => String(value).padStart(2, '0');

/** A time as a browser's field for date and time takes it, in the reader's own zone; `''` where it is none. */
export function localInput(time: string): string {
  const date = new Date(time);
  if (time === '' || Number.isNaN(date.getTime())) return '';
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** The time that such a field holds, in RFC 3339; `''` where it holds none. */
export function timeOfInput(value: string): string {
  const ms = Date.parse(value);
  return Number.isNaN(ms) ? '' : new Date(ms).toISOString();
}
