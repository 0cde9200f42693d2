/**
 * Finds where the members of one name stand in an object, so that they can be cut out: each with the comma before it, the
 * first one with the comma behind it, so that what stays is JSON, and as it would be had the member never been there.
 */
export class MemberCut {
  readonly #name: string;
  /** Beginnings and ends of what is to be cut, by turns. */
  readonly places: number[] = [];
  /** Of the comma before the present member, or of the name of the first one. */
  #memberFrom = 0;
  /** Whether no member before the present one stays. */
  #isFirst = true;
  #isUndecided = false;
  /** Whether the present member is to be cut. */
  #isCut = false;
  /** Of a first member that is cut, which goes up to the next one's name; -1: there is none. */
  #openFrom = -1;
  #openUntil = 0;

  /** @param name of the members to cut */
  constructor(name: string) {
    this.#name = name;
  }

  /** Where a member begins that may have to be cut; `Infinity` where all that was seen stays. */
  get undecidedFrom(): number {
    if (this.#openFrom >= 0) return this.#openFrom;
    return this.#isUndecided ? this.#memberFrom : Number.POSITIVE_INFINITY;
  }

  /** The object begins. */
  begin(): void {
    this.#isFirst = true;
    this.#isUndecided = false;
    this.#isCut = false;
    this.#openFrom = -1;
  }

  /** A comma between two members. */
  comma(at: number): void {
    if (this.#isFirst) return;
    this.#memberFrom = at;
    this.#isUndecided = true;
  }

  /** A name begins. */
  nameBegins(at: number): void {
    if (this.#openFrom >= 0) this.places.push(this.#openFrom, at);
    this.#openFrom = -1;
    if (this.#isFirst) this.#memberFrom = at;
    this.#isUndecided = true;
  }

  /** It has ended. */
  nameIs(name: string | null): void {
    this.#isCut = name === this.#name;
    this.#isUndecided = this.#isCut;
  }

  /** Its value has ended. */
  valueEnds(at: number): void {
    if (!this.#isCut) {
      this.#isFirst = false;
      return;
    }
    this.#isCut = false;
    this.#isUndecided = false;
    if (this.#isFirst) {
      this.#openFrom = this.#memberFrom;
      this.#openUntil = at;
    } else this.places.push(this.#memberFrom, at);
  }

  /** The object has ended. */
  end(): void {
    if (this.#openFrom >= 0) this.places.push(this.#openFrom, this.#openUntil);
    this.#openFrom = -1;
    this.#isUndecided = false;
  }
}
