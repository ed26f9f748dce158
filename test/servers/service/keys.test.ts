import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../bench/stats/random.ts";
import { digestOf, Keys, rememberedKeys } from "../../../servers/service/keys.ts";

/** A digest whose place in a table is decided by `first`. */
function digest(first: number, rest = 0): Buffer {
  const bytes = Buffer.alloc(16);
  bytes.writeUInt32LE(first, 0);
  bytes.writeUInt32LE(rest, 12);
  return bytes;
}

describe("the digest of a key", () => {
  it("is the first half of its SHA-256", () => {
    // FIPS 180-2, appendix B.1: the digest of "abc".
    expect(digestOf("abc").toString("hex")).toBe("ba7816bf8f01cfea414140de5dae2223");
    const accented = createHash("sha256").update("hook:é").digest();
    expect(digestOf("hook:é")).toEqual(accented.subarray(0, 16));
  });
});

describe("Keys", () => {
  it("gives the id of the event that brought a key, and knows no other key", () => {
    const keys = new Keys(4);
    expect([keys.find(digestOf("a")), keys.first]).toEqual([undefined, 0]);
    keys.remember(digestOf("a"), 7);
    keys.remember(digestOf("b"), 9);
    expect([keys.find(digestOf("a")), keys.find(digestOf("b")), keys.first]).toEqual([7, 9, 7]);
    expect(keys.find(digestOf("c"))).toBeUndefined();
  });

  it("tells apart keys that differ in their last bits alone", () => {
    const keys = new Keys(4);
    keys.remember(digest(5, 1), 1);
    expect(keys.find(digest(5, 2))).toBeUndefined();
    keys.remember(digest(5, 2), 2);
    expect([keys.find(digest(5, 1)), keys.find(digest(5, 2))]).toEqual([1, 2]);
  });

  it("forgets the oldest key when it has as many as it may", () => {
    const keys = new Keys(3);
    for (const id of [1, 2, 3, 4, 5]) keys.remember(digest(id), id);
    expect([1, 2, 3, 4, 5].map((id) => keys.find(digest(id)))).toEqual([undefined, undefined, 3, 4, 5]);
    expect(keys.first).toBe(3);
    // One that was forgotten is as good as new.
    keys.remember(digest(1), 6);
    expect([keys.find(digest(1)), keys.first]).toEqual([6, 4]);
  });

  it("finds the keys behind one that was forgotten, round the end of the table too", () => {
    // A table of 8 places: all of these belong on the last.
    const keys = new Keys(4);
    for (const id of [1, 2, 3, 4]) keys.remember(digest(7, id), id);
    keys.remember(digest(0, 5), 5);
    expect([1, 2, 3, 4].map((id) => keys.find(digest(7, id)))).toEqual([undefined, 2, 3, 4]);
    expect(keys.find(digest(0, 5))).toBe(5);
    keys.remember(digest(7, 6), 6);
    expect([2, 3, 4, 6].map((id) => keys.find(digest(7, id)))).toEqual([undefined, 3, 4, 6]);
  });

  it("is the same through another view of its memory", () => {
    const memory = new SharedArrayBuffer(Keys.memoryBytes(3));
    const writer = new Keys(3, memory);
    const reader = new Keys(3, memory);
    for (const id of [1, 2, 3, 4]) writer.remember(digest(6, id), id);
    expect([1, 2, 3, 4].map((id) => reader.find(digest(6, id)))).toEqual([undefined, 2, 3, 4]);
    expect(reader.first).toBe(2);
    reader.remember(digest(6, 5), 5);
    expect(writer.find(digest(6, 5))).toBe(5);
  });

  it.each(Array.from({ length: 30 }, (_, seed) => seed))("agrees with a list (seed %i)", (seed) => {
    const random = seededRandom(seed);
    const upTo = (most: number) => Math.floor(random() * most);
    const limit = 1 + upTo(20);
    const keys = new Keys(limit);
    const all: [number, number][] = [];
    for (let id = 1; id <= 400; id++) {
      // Few places, so that most keys collide.
      const key = digest(upTo(5), upTo(limit * 3));
      const kept = new Map(all.slice(-limit));
      const known = kept.get(hashOf(key));
      expect(keys.find(key)).toBe(known);
      if (known !== undefined) continue;
      keys.remember(key, id);
      all.push([hashOf(key), id]);
      expect(keys.first).toBe(all.slice(-limit)[0]?.[1]);
    }
    for (const [hash, id] of all.slice(-limit)) expect(keys.find(digest(...placesOf(hash)))).toBe(id);
  });

  it("remembers at 437 webhooks a second for 10 minutes, in less than 9 MiB", () => {
    expect(Math.ceil(rememberedKeys / 600)).toBe(437);
    expect(Keys.memoryBytes(rememberedKeys)).toBeLessThan(9 * 1024 * 1024);
  });
});

function hashOf(key: Buffer): number {
  return key.readUInt32LE(0) * 1_000 + key.readUInt32LE(12);
}

function placesOf(hash: number): [number, number] {
  return [Math.floor(hash / 1_000), hash % 1_000];
}
