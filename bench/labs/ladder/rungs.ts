import type { Arm } from "../../result.ts";

/** The clock that the talk's cycles are of: its source took them from a Core 2 Duo at 3.0 GHz. */
const talkGHz = 3;

/** Where data can be, from near to far, in the order of every table. `talkCycles`: what the talk's slide says. */
export const rungs = [
  { name: "l1", summary: "first cache of a core", talkCycles: 3 },
  { name: "l2", summary: "second cache of a core", talkCycles: 14 },
  { name: "l3", summary: "third cache, which cores share", talkCycles: undefined },
  { name: "ram", summary: "memory", talkCycles: 250 },
  { name: "disk", summary: "4 KiB at a random place of a file, past the page cache", talkCycles: 41e6 },
  { name: "loopback", summary: "there and back to another process, over TCP", talkCycles: undefined },
  { name: "network", summary: "there and back over the relay's 80 ms", talkCycles: 240e6 },
] as const satisfies readonly (Arm & { readonly talkCycles: number | undefined })[];

export type RungName = (typeof rungs)[number]["name"];

export function rungOf(name: string): (typeof rungs)[number] {
  const rung = rungs.find((one) => one.name === name);
  if (rung === undefined)
    throw new Error(`expected a rung of ${rungs.map(({ name }) => name).join(", ")}, got ${name}`);
  return rung;
}

/** What so long is in cycles of the talk's clock. */
export function talkCyclesIn(ns: number): number {
  return ns * talkGHz;
}
