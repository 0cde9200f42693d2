/** A text that somebody sent, cut to what anybody reads of it. @param most UTF-16 units */
export function shortText(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most).toWellFormed()}…`;
}
