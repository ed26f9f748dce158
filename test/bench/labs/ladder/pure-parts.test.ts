import { describe, expect, it } from "vitest";
import { cachesOf } from "../../../../bench/labs/ladder/caches.ts";
import { lineBytes, randomCycle, walk } from "../../../../bench/labs/ladder/cycle.ts";
import { rungs, talkCyclesIn } from "../../../../bench/labs/ladder/rungs.ts";
import { workingSetBytes } from "../../../../bench/labs/ladder/working-sets.ts";
import { seededRandom } from "../../../../bench/stats/random.ts";

const [kibibyte, mebibyte] = [1024, 1024 * 1024];

describe("a random cycle", () => {
  it.each([1, 2, 3, 100, 4_096])("of %d lines goes through each once, and back", (lines) => {
    const next = randomCycle(lines * lineBytes, seededRandom(5));
    const seen = new Set<number>();
    let at = 0;
    for (let step = 0; step < lines; step++) {
      expect(at % 16).toBe(0);
      seen.add(at);
      at = walk(next, at, 1);
    }
    expect(seen.size).toBe(lines);
    expect(at).toBe(0);
    expect(walk(next, 0, lines)).toBe(0);
  });

  it("goes another way with another seed", () => {
    const [one, other] = [1, 2].map((seed) => randomCycle(100 * lineBytes, seededRandom(seed)));
    expect(one).not.toEqual(other);
  });
});

describe("caches", () => {
  it("are read as the kernel writes them, those of instructions left out", () => {
    const caches = cachesOf([
      { level: "1", type: "Data", size: "48K" },
      { level: "1", type: "Instruction", size: "32K" },
      { level: "2", type: "Unified", size: "2M" },
      { level: "3", type: "Unified", size: "32768K" },
    ]);
    expect(caches).toEqual({ 1: 48 * kibibyte, 2: 2 * mebibyte, 3: 32 * mebibyte });
  });

  it("of no size that is known are refused", () => {
    expect(() => cachesOf([{ level: "1", type: "Data", size: "big" }])).toThrow('such as 32K, got "big"');
  });
});

describe("a working set", () => {
  const caches = { 1: 32 * kibibyte, 2: mebibyte, 3: 32 * mebibyte };
  it.each([
    ["l1", 16 * kibibyte],
    ["l2", 512 * kibibyte],
    ["l3", 8 * mebibyte],
    ["ram", 256 * mebibyte],
  ] as const)("for %s", (rung, bytes) => {
    expect(workingSetBytes(rung, caches, 64 * mebibyte)).toBe(bytes);
  });

  it("of memory is no smaller than asked for, and no larger than a gibibyte", () => {
    expect(workingSetBytes("ram", {}, 64 * mebibyte)).toBe(64 * mebibyte);
    expect(workingSetBytes("ram", { 3: 384 * mebibyte }, 64 * mebibyte)).toBe(1024 * mebibyte);
  });

  it("of what is not known is a guess for a core's own caches, and none for the third", () => {
    expect(workingSetBytes("l1", {}, 1)).toBe(16 * kibibyte);
    expect(workingSetBytes("l2", {}, 1)).toBe(512 * kibibyte);
    expect(workingSetBytes("l3", {}, 1)).toBeUndefined();
  });
});

it("the talk's 240 million cycles are its 80 ms", () => {
  expect(talkCyclesIn(80e6)).toBe(rungs.find(({ name }) => name === "network")?.talkCycles);
});
