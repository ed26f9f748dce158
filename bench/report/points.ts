import type { Point, Trial } from "../result.ts";

/** The same text for the same coordinates, in whatever order they were written. */
export function pointKey(point: Point): string {
  return JSON.stringify(Object.entries(point).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Whether `large` has the coordinates of `small`, none of them smaller. */
export function covers(large: Point, small: Point): boolean {
  const names = Object.keys(large);
  return (
    names.length === Object.keys(small).length &&
    names.every((name) => (small[name] ?? Number.POSITIVE_INFINITY) <= (large[name] ?? 0))
  );
}

/**
 * The points that were asked for, smallest first: those of the trials that were not clamped, and each point
 * of a clamped trial that none of them covers, as when all servers of a run were clamped.
 */
export function askedPoints(trials: readonly Trial[]): Point[] {
  const asked = new Map<string, Point>();
  for (const trial of trials) {
    if (trial.clampedBecause === undefined) asked.set(pointKey(trial.point), trial.point);
  }
  const clamped = trials.filter((trial) => trial.clampedBecause !== undefined).map((trial) => trial.point);
  for (const point of clamped.sort(comparePoints).reverse()) {
    if (![...asked.values()].some((other) => covers(other, point))) asked.set(pointKey(point), point);
  }
  return [...asked.values()].sort(comparePoints);
}

/** By the first coordinate, in order of name, that differs. */
export function comparePoints(a: Point, b: Point): number {
  for (const name of Object.keys(a).sort()) {
    const difference = (a[name] ?? 0) - (b[name] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
