import type { LogKind } from '../../core/log-search/log-kind.ts';
import { jsonText } from '../../core/log-text.ts';
import type { LogQuestion } from './log-question.ts';
import { readLine } from './log-time.ts';

const LINE_END = 0x0a;

/**
 * Adds those of some lines that are looked for, the last one first.
 * @param atMost how many
 * @returns where it stopped because that many were found: the start of the last one of them; else `null`
 */
export type Sifter<Line> = (lines: Buffer, atMost: number, found: Line[]) => number | null;

/** Only lines that hold a piece of each list of the question are parsed; most lines hold none, and most chunks as well. */
export function lineSifter<Question extends LogQuestion, Line>(
  kind: LogKind<Question, Line>,
  question: Question,
): Sifter<Line> {
  const pieces = kind.pieces(question);
  const pieceBytes = pieces.map((anyOf) => anyOf.map((piece) => Buffer.from(piece)));
  const lowered = question.text === undefined ? null : jsonText(question.text).slice(1, -1).toLowerCase();
  const mayHold = (text: string): boolean =>
    pieces.every((anyOf) => anyOf.some((piece) => text.includes(piece))) &&
    (lowered === null || text.toLowerCase().includes(lowered));
  const chunkMayHold = (bytes: Buffer): boolean =>
    pieceBytes.every((anyOf) => anyOf.some((piece) => bytes.includes(piece))) &&
    (lowered === null || bytes.toString('utf8').toLowerCase().includes(lowered));

  return (lines, atMost, found) => {
    if (!chunkMayHold(lines)) return null;
    const enough = found.length + atMost;
    let end = lines.length;
    while (end > 0) {
      const start = end < 2 ? 0 : lines.lastIndexOf(LINE_END, end - 2) + 1;
      const text = lines.toString('utf8', start, end);
      const line = mayHold(text) ? readLine(text, kind) : null;
      if (line !== null && isInRange(kind.writtenMs(line), question) && kind.matches(line, question)) {
        found.push(line);
        if (found.length >= enough) return start;
      }
      end = start;
    }
    return null;
  };
}

const isInRange = (writtenMs: number, { fromMs, untilMs }: LogQuestion): boolean =>
  (fromMs === null || writtenMs >= fromMs) && (untilMs === null || writtenMs < untilMs);
