import { addressGroup } from '../../core/address-group.ts';
import { isLoopbackAddress, plainAddress } from '../../core/client-address.ts';
import { matchesCidr } from '../../core/ip-address.ts';

/** How many connections there may be, and whose. */
export interface CrowdRules {
  /** Connections that have shown a key; twice as many may be open at all. */
  readonly limit: number;
  /** Address ranges of proxies, behind which any number of clients share an address. */
  readonly trusted: readonly string[] | undefined;
}

/** One address may hold this part of the places for connections that have not shown a key. */
const SHARE_OF_AN_ADDRESS = 4;

/** What a connection has done so far: nothing, asked without a good key, shown one. */
type Rank = 'silent' | 'keyless' | 'seated' | 'gone';

/** The place of one connection in the crowd. */
export class Place {
  rank: Rank = 'silent';
  /** What is bounded together; `null` where an address says nothing about who it is. */
  readonly group: string | null;
  /** Ends the connection. */
  readonly leave: () => void;
  /** Its neighbours among those of its rank, oldest first. The crowd's own business. */
  before: Place | null = null;
  after: Place | null = null;

  constructor(group: string | null, leave: () => void) {
    this.group = group;
    this.leave = leave;
  }
}

/** Places in the order in which they came; each can be taken out without a search. */
class Line {
  #oldest: Place | null = null;
  #newest: Place | null = null;
  length = 0;

  get oldest(): Place | null {
    return this.#oldest;
  }

  add(place: Place): void {
    place.before = this.#newest;
    place.after = null;
    if (this.#newest === null) this.#oldest = place;
    else this.#newest.after = place;
    this.#newest = place;
    this.length += 1;
  }

  remove(place: Place): void {
    if (place.before === null) this.#oldest = place.after;
    else place.before.after = place.after;
    if (place.after === null) this.#newest = place.before;
    else place.after.before = place.before;
    place.before = null;
    place.after = null;
    this.length -= 1;
  }
}

/**
 * All connections of clients. Those that have shown a good Proxy-Key are seated, up to a limit. The others stand.
 * Where there are twice as many as the limit, or too many of one address, the one that has been silent longest gives
 * way, so that whoever only opens connections keeps nobody out.
 */
export class Crowd {
  readonly #silent = new Line();
  readonly #keyless = new Line();
  readonly #byGroup = new Map<string, number>();
  #seated = 0;

  /** Connections that are open. */
  get size(): number {
    return this.#silent.length + this.#keyless.length + this.#seated;
  }

  /**
   * A connection was opened.
   * @param address of its other end
   * @param leave ends it
   */
  enter(address: string, rules: CrowdRules, leave: () => void): Place {
    const group = groupOf(address, rules.trusted);
    // Others give way first: whoever has just come could not have asked yet.
    if (group !== null) this.#boundGroup(group, rules.limit);
    if (this.size >= rules.limit * 2) this.makeRoom();
    const place = new Place(group, leave);
    this.#silent.add(place);
    return place;
  }

  /** Its first request is there. */
  ask(place: Place): void {
    if (place.rank !== 'silent') return;
    this.#takeOut(place);
    place.rank = 'keyless';
    this.#keyless.add(place);
  }

  /** It has shown a good key. @returns whether there is a seat for it */
  seat(place: Place, limit: number): boolean {
    if (place.rank === 'seated') return true;
    if (this.#seated >= limit) return false;
    this.#takeOut(place);
    place.rank = 'seated';
    this.#seated += 1;
    return true;
  }

  /** It is closed. */
  exit(place: Place): void {
    this.#takeOut(place);
    place.rank = 'gone';
  }

  /** Ends the connections that have the least reason to be open: the oldest that have not asked anything, else not shown a key. */
  makeRoom(count = 1): void {
    for (let left = count; left > 0; left -= 1) this.#dismiss(this.#silent.oldest ?? this.#keyless.oldest);
  }

  #dismiss(place: Place | null): void {
    if (place === null) return;
    this.exit(place);
    place.leave();
  }

  /** Counts one more of a group, and lets another one of it go where that is too many. */
  #boundGroup(group: string, limit: number): void {
    const count = (this.#byGroup.get(group) ?? 0) + 1;
    this.#byGroup.set(group, count);
    if (count <= Math.ceil(limit / SHARE_OF_AN_ADDRESS)) return;
    let oldest = this.#silent.oldest;
    while (oldest !== null && oldest.group !== group) oldest = oldest.after;
    this.#dismiss(oldest);
  }

  #takeOut(place: Place): void {
    if (place.rank === 'seated') this.#seated -= 1;
    else if (place.rank === 'keyless') this.#keyless.remove(place);
    else if (place.rank === 'silent') {
      this.#silent.remove(place);
      if (place.group !== null) this.#leaveGroup(place.group);
    }
  }

  #leaveGroup(group: string): void {
    const count = (this.#byGroup.get(group) ?? 0) - 1;
    if (count > 0) this.#byGroup.set(group, count);
    else this.#byGroup.delete(group);
  }
}

/** This computer's own address and those of trusted proxies are shared by many clients. */
function groupOf(address: string, trusted: readonly string[] | undefined): string | null {
  const plain = plainAddress(address);
  if (isLoopbackAddress(plain) || trusted?.some((range) => matchesCidr(plain, range)) === true) return null;
  return addressGroup(plain);
}
