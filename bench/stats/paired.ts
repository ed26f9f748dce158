import type { Interval } from "./bootstrap.ts";
import { median } from "./median.ts";
import { fewestForInterval, medianInterval } from "./median-interval.ts";

/** The figures of a server: one a block, by the block's number. */
export type ByBlock = ReadonlyMap<number, number>;

/** How many times the one's figure is the other's, over the blocks in which both have one. */
export interface PairedRatio {
  /** The median; undefined where there is nothing to divide, which `because` then explains. */
  readonly ratio: number | undefined;
  /** In which the true median ratio lies, at 95 %; undefined with the ratio, or of too few blocks. */
  readonly interval: Interval | undefined;
  /** Why there is no ratio, or no interval. */
  readonly because?: string;
  /** Blocks with both. */
  readonly blocks: number;
  /** Blocks with one of them only. */
  readonly leftOut: number;
}

/**
 * The ratio of two servers, paired within a block, so that a machine that drifts from block to block cancels out.
 * On the scale of logarithms, where twice and half as much are equally far from equal: the ratio of b to a is the
 * reciprocal of that of a to b, its interval too.
 */
export function pairedRatio(a: ByBlock, b: ByBlock): PairedRatio {
  const blocks = [...a.keys()].filter((block) => b.has(block)).sort((x, y) => x - y);
  const counts = { blocks: blocks.length, leftOut: a.size + b.size - 2 * blocks.length };
  const none = { ratio: undefined, interval: undefined, ...counts };
  if (blocks.length === 0) return { ...none, because: "no block has a figure of both" };
  const figures = blocks.flatMap((block) => [a.get(block) ?? Number.NaN, b.get(block) ?? Number.NaN]);
  const misplaced = figures.find((figure) => !(figure > 0 && figure < Number.POSITIVE_INFINITY));
  if (misplaced !== undefined) return { ...none, because: `a ratio takes figures above 0, got ${misplaced}` };
  const logs = blocks.map((block) => Math.log(a.get(block) ?? 1) - Math.log(b.get(block) ?? 1));
  const sign = directionOf(logs);
  const found = medianInterval(logs.map((log) => sign * log));
  const ratioOf = (log: number) => (sign > 0 ? Math.exp(log) : 1 / Math.exp(log));
  const ratio = ratioOf(median(logs.map((log) => sign * log)) ?? Number.NaN);
  if (found.interval === undefined) {
    const because = `an interval takes ${fewestForInterval} blocks with both, got ${blocks.length}`;
    return { ratio, interval: undefined, because, ...counts };
  }
  const [one, other] = [ratioOf(found.interval.low), ratioOf(found.interval.high)];
  return { ratio, interval: { low: Math.min(one, other), high: Math.max(one, other) }, ...counts };
}

/**
 * 1 or -1, the other way round for the reciprocal: the same pairs are always computed in the same direction, so that
 * rounding cannot part a ratio from its reciprocal.
 */
function directionOf(logs: readonly number[]): 1 | -1 {
  return (logs.find((log) => log !== 0) ?? 0) < 0 ? -1 : 1;
}
