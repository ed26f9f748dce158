import type { Tick } from "./log-axis.ts";
import { textWidth } from "./text-width.ts";

/** An axis that all panels of a chart share. */
export interface PanelAxis {
  readonly title: string;
  readonly scale: "log" | "linear";
  readonly domain: readonly [number, number];
  readonly ticks: readonly Tick[];
}

/** Least room between two labels. */
const gap = 6;
/** How far a label may reach over an end of its axis. */
const overhang = 5;

/**
 * The ticks whose labels do not run into each other, nor into those of the next panel, on an axis of so many pixels: all of
 * them, or else every second, every third, ...
 */
export function fittingTicks({ domain, scale, ticks }: PanelAxis, width: number, fontSize: number): Tick[] {
  const place = scale === "log" ? Math.log : (value: number) => value;
  const [from, to] = [place(domain[0]), place(domain[1])];
  const spanOf = ({ value, label }: Tick) => {
    const middle = (width * (place(value) - from)) / (to - from);
    const wide = textWidth(label, fontSize);
    return { left: middle - wide / 2, right: middle + wide / 2 };
  };
  const within = ticks.filter((tick) => {
    const { left, right } = spanOf(tick);
    return left >= -overhang && right <= width + overhang;
  });
  for (let step = 1; step < within.length; step += 1) {
    const kept = within.filter((_, index) => index % step === 0);
    const spans = kept.map(spanOf);
    if (spans.every(({ left }, i) => i === 0 || left >= (spans[i - 1]?.right ?? 0) + gap)) return kept;
  }
  return within.slice(0, 1);
}
