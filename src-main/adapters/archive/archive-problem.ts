/** A file that is no whole backup, and why; the message is for people and names no secret. */
export class ArchiveProblem extends Error {
  override readonly name = 'ArchiveProblem';
}
