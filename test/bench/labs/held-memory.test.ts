import { expect, it } from "vitest";
import { memoryEach } from "../../../bench/labs/held-memory.ts";

const mib = 1024 * 1024;

it("takes what the connections between two readings added, not what was there before them", () => {
  const half = { connections: 500, processBytes: 60 * mib, kernelBytes: 2 * mib };
  const all = { connections: 1_000, processBytes: 64 * mib, kernelBytes: 4 * mib };
  expect(memoryEach(half, all)).toEqual({
    processEach: (4 * mib) / 500,
    kernelEach: (2 * mib) / 500,
    memoryEach: (6 * mib) / 500,
  });
});

it("adds nothing to what cannot be read", () => {
  const half = { connections: 10, processBytes: 10 * mib, kernelBytes: undefined };
  const all = { connections: 20, processBytes: 90 * mib, kernelBytes: undefined };
  expect(memoryEach(half, all)).toEqual({
    processEach: 8 * mib,
    kernelEach: undefined,
    memoryEach: undefined,
  });
});

it("has no figure of a growth that is that of a heap's pages, nor of no growth in connections", () => {
  const none = { processEach: undefined, kernelEach: undefined, memoryEach: undefined };
  const half = { connections: 25, processBytes: 50 * mib, kernelBytes: 0 };
  expect(memoryEach(half, { connections: 50, processBytes: 50.9 * mib, kernelBytes: 0 })).toEqual(none);
  expect(memoryEach(half, { ...half, processBytes: 60 * mib })).toEqual(none);
});
