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
const overhang = 8;

/** The ticks whose labels do not run into each other on an axis of so many pixels: all of them, every second, ... */
export function fittingTicks({ domain, scale, ticks }: PanelAxis, width: number, fontSize: number): Tick[] {
  const place = scale === "log" ? Math.log : (value: number) => value;
  const [from, to] = [place(domain[0]), place(domain[1])];
  const spanOf = ({ value, label }: Tick) => {
    const middle = (width * (place(value) - from)) / (to - from);
    const wide = textWidth(label, fontSize);
    return { left: middle - wide / 2, right: middle + wide / 2 };
  };
  for (let step = 1; step < ticks.length; step += 1) {
    const kept = ticks.filter((tick, index) => index % step === 0 && spanOf(tick).right <= width + overhang);
    const spans = kept.map(spanOf);
    if (spans.every(({ left }, i) => i === 0 || left >= (spans[i - 1]?.right ?? 0) + gap)) return kept;
  }
  return ticks.slice(0, 1);
}
