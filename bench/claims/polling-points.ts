import type { Point } from "../result.ts";
import type { Evidence } from "./evidence.ts";

/** The lab in which polls are counted, and those of it who poll. */
export const boiling = "boiling";
export const polling = { scenario: boiling, arm: "polling" } as const;

/** Where polling was measured, from where the fewest events come in an interval to where the most do. */
export function pollingPoints(evidence: Evidence): Point[] {
  return evidence.points(boiling, polling.arm).toSorted((a, b) => perInterval(a) - perInterval(b));
}

/** Events in an interval, on average. */
export function perInterval({ eventsPerSecond = 0, pollMs = 0 }: Point): number {
  return (eventsPerSecond / 1_000) * pollMs;
}

/** A cell at this point; where nothing was measured, at any. */
export function at(cell: { readonly scenario: string; readonly arm: string }, point: Point | undefined) {
  return point === undefined ? cell : { ...cell, point };
}
