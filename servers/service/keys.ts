import { hash } from "node:crypto";

/**
 * How many keys a ring remembers: the newest. Beyond that the oldest is forgotten first, and its delivery, sent once
 * more, is published once more.
 *
 * What is signed with its time, Standard Webhooks and Facebook, can be repeated for 10 minutes, 5 either way: at up to
 * 437 webhooks a second none of those keys is forgotten (2^18 / 600 s). The other dialects sign no time. What bounds
 * a repetition of theirs is this number alone: 2^18 genuine webhooks have to come before it.
 */
export const rememberedKeys = 2 ** 18;

/**
 * A ring for the keys of senders that showed who they are, and one for those of anyone: however many keys strangers
 * make up, no genuine delivery is forgotten for them.
 */
export interface KeyRings {
  readonly sender: Keys;
  readonly anyone: Keys;
}

/** `limit`: keys of each ring. */
export function createKeyRings(limit: number = rememberedKeys): KeyRings {
  return { sender: new Keys(limit), anyone: new Keys(limit) };
}

const digestBytes = 16;
const digestWords = digestBytes / 4;

/** What stands for a key: it has a fixed size, and nobody can find two keys with the same one. */
export function digestOf(key: string): Buffer {
  return hash("sha256", key, "buffer").subarray(0, digestBytes);
}

/**
 * The keys of the newest events that had one, and what number each event got, in one block of memory, as `History`
 * is: a ring of the keys in the order of their events, and a hash table of places in that ring.
 *
 * The table is open: a key lies at the place its digest says, or behind it where others were first. Invariant:
 * between the two no place is empty, so a search may end at the first empty one. The memory is touched as it fills.
 */
export class Keys {
  readonly #limit: number;
  /** Keys ever remembered. */
  readonly #count: Float64Array;
  readonly #ids: Float64Array;
  readonly #digests: Uint32Array;
  /** One more than the place in the ring; 0: empty. */
  readonly #table: Uint32Array;

  /** Bytes of memory that so many keys need. */
  static memoryBytes(limit: number): number {
    return 8 + limit * (8 + digestBytes) + tableSize(limit) * 4;
  }

  /** `memory` must be zeroed, or hold the keys of the same limit. */
  constructor(
    limit: number = rememberedKeys,
    memory: ArrayBufferLike = new ArrayBuffer(Keys.memoryBytes(limit)),
  ) {
    this.#limit = limit;
    this.#count = new Float64Array(memory, 0, 1);
    this.#ids = new Float64Array(memory, 8, limit);
    this.#digests = new Uint32Array(memory, 8 + limit * 8, limit * digestWords);
    this.#table = new Uint32Array(memory, 8 + limit * (8 + digestBytes), tableSize(limit));
  }

  /** The id of the oldest event whose key is remembered; 0 when none is. */
  get first(): number {
    const count = this.#total;
    return this.#ids[count > this.#limit ? count % this.#limit : 0] ?? 0;
  }

  /** The id of the event with this key; undefined when it is not remembered. */
  find(digest: Buffer): number | undefined {
    const words = wordsOf(digest);
    for (let at = this.#homeOf(words); ; at = this.#after(at)) {
      const place = this.#placeAt(at);
      if (place === undefined) return undefined;
      if (words.every((word, index) => word === this.#digests[place * digestWords + index])) {
        return this.#ids[place];
      }
    }
  }

  /** Remembers a key that is not remembered yet, and forgets the oldest one if there are as many as may be. */
  remember(digest: Buffer, id: number): void {
    const count = this.#total;
    const place = count % this.#limit;
    if (count >= this.#limit) this.#forget(place);
    const words = wordsOf(digest);
    this.#digests.set(words, place * digestWords);
    this.#ids[place] = id;
    let at = this.#homeOf(words);
    while (this.#placeAt(at) !== undefined) at = this.#after(at);
    this.#table[at] = place + 1;
    this.#count[0] = count + 1;
  }

  /**
   * Takes the key at this place of the ring out of the table. Each key behind it moves into the gap, if it may lie
   * there, and leaves one of its own: a mark in its place would fill the table in the course of time.
   * Source: Knuth, The Art of Computer Programming, volume 3, section 6.4, algorithm R.
   */
  #forget(place: number): void {
    let gap = this.#homeOfPlace(place);
    while (this.#table[gap] !== place + 1) gap = this.#after(gap);
    for (let at = this.#after(gap); ; at = this.#after(at)) {
      const next = this.#placeAt(at);
      if (next === undefined) break;
      if (this.#distance(this.#homeOfPlace(next), at) < this.#distance(gap, at)) continue;
      this.#table[gap] = next + 1;
      gap = at;
    }
    this.#table[gap] = 0;
  }

  get #total(): number {
    return this.#count[0] ?? 0;
  }

  #placeAt(at: number): number | undefined {
    const entry = this.#table[at] ?? 0;
    return entry === 0 ? undefined : entry - 1;
  }

  #homeOfPlace(place: number): number {
    return this.#homeOf([this.#digests[place * digestWords] ?? 0]);
  }

  #homeOf([word = 0]: readonly number[]): number {
    return word % this.#table.length;
  }

  #after(at: number): number {
    return (at + 1) % this.#table.length;
  }

  /** Steps from one place of the table on to another, round its end. */
  #distance(from: number, to: number): number {
    return (to - from + this.#table.length) % this.#table.length;
  }
}

/** Half of the table stays empty, so that searches are short, and there is an empty place to end at. */
function tableSize(limit: number): number {
  return limit * 2;
}

function wordsOf(digest: Buffer): readonly number[] {
  return [digest.readUInt32LE(0), digest.readUInt32LE(4), digest.readUInt32LE(8), digest.readUInt32LE(12)];
}
