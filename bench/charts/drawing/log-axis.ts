import { formatTick } from "../../report/format.ts";
import type { Unit } from "../../result.ts";

/** A logarithmic axis that begins and ends at a round value. */
export interface LogAxis {
  readonly domain: readonly [number, number];
  readonly ticks: readonly Tick[];
}

export interface Tick {
  readonly value: number;
  readonly label: string;
}

/** The value of the n-th rung; n may be negative. */
type Ladder = (rung: number) => number;

const oneTwoFive: Ladder = (rung) => Number(`${[1, 2, 5][modulo(rung, 3)]}e${Math.floor(rung / 3)}`);
const decades: Ladder = (rung) => Number(`1e${rung}`);
const hundredfolds: Ladder = (rung) => Number(`1e${2 * rung}`);
const powersOf =
  (base: number): Ladder =>
  (rung) =>
    base ** rung;

/** From fine to coarse. */
const decimalLadders = [oneTwoFive, decades, hundredfolds] as const;
const byteLadders = [powersOf(2), powersOf(4), powersOf(16)] as const;

/** Beyond so many, labels run into each other on an axis as wide as a chart. */
const mostTicksOfChart = 8;
/** So that no point sits on the edge. */
const margin = 1.08;

/** The axis around values that are all above 0, with the finest labels that are not too many. */
export function logAxis(values: readonly number[], unit: Unit, mostTicks = mostTicksOfChart): LogAxis {
  const misplaced = values.find((value) => !(value > 0));
  if (misplaced !== undefined)
    throw new RangeError(`expected values above 0 for a logarithmic axis, got ${misplaced}`);
  const low = values.length === 0 ? 1 : Math.min(...values) / margin;
  const high = values.length === 0 ? 10 : Math.max(...values) * margin;
  const [finest, ...coarser] = unit === "bytes" ? byteLadders : decimalLadders;
  const all = rungs(finest, low, high);
  const domain = [all[0] ?? low, all.at(-1) ?? high] as const;
  const candidates = [all, ...coarser.map((ladder) => rungs(ladder, low, high))].map((candidate) =>
    candidate.filter((value) => value >= domain[0] && value <= domain[1]),
  );
  const ticks = candidates.find((candidate) => candidate.length <= mostTicks) ?? candidates.at(-1) ?? [];
  return { domain, ticks: ticks.map((value) => ({ value, label: formatTick(value, unit) })) };
}

/** The labels as Vega has them: an expression of what stands at a value. */
export function labelsOf(ticks: readonly Tick[]): string {
  return `${JSON.stringify(Object.fromEntries(ticks.map(({ value, label }) => [value, label])))}[datum.value]`;
}

/** From the last rung that is not above `low` to the first that is not below `high`. */
function rungs(ladder: Ladder, low: number, high: number): number[] {
  let first = 0;
  while (ladder(first) > low) first -= 1;
  while (ladder(first + 1) <= low) first += 1;
  const values = [ladder(first)];
  while ((values.at(-1) ?? high) < high) values.push(ladder(first + values.length));
  return values;
}

function modulo(value: number, by: number): number {
  return ((value % by) + by) % by;
}
