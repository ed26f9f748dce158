/** Every position of the year's slider, worked out when the deck is built: the page only shows what is here. */
import { formatFigure } from "../../bench/report/format.ts";
import type { Run } from "../../bench/result.ts";
import { type Known, knownIn } from "./at-year.ts";
import { inWords } from "./in-words.ts";
import { type Here, hereOf, labCycleNs } from "./measured.ts";
import { cycle, type Place, type Published, places, sources } from "./years.ts";

export type MarkKind = "published" | "between" | "measured" | "set" | "none";

/** One place in one year. Positions are in percent of the axis. */
export interface Row {
  readonly kind: MarkKind;
  readonly at?: number;
  readonly low?: number;
  readonly high?: number;
  /** The time as it is, and with a cycle of that year made a second. */
  readonly real: string;
  readonly scaled: string;
  readonly note: string;
}

export interface Moment {
  readonly year: number;
  readonly cycleAt: number;
  readonly cycle: string;
  readonly rows: readonly Row[];
}

export const firstYear = 1990;

/** From below a cycle to above an ocean. */
const axisNs = { low: 0.2, high: 5e8 };

const decadesOfAxis = Math.log10(axisNs.high / axisNs.low);

/** Where a time lies on the axis. */
export function axisAt(ns: number): number {
  return rounded((100 * Math.log10(ns / axisNs.low)) / decadesOfAxis);
}

/** How far from the cycle so many seconds lie, when the cycle is a second. */
export function axisShift(seconds: number): number {
  return rounded((100 * Math.log10(seconds)) / decadesOfAxis);
}

export function momentsOf(run: Run): readonly Moment[] {
  const runYear = new Date(run.startedAt).getUTCFullYear();
  const here = places.map((place) => hereOf(run, place));
  return Array.from({ length: runYear - firstYear + 1 }, (_, index) => {
    const year = firstYear + index;
    const ofYear = cycleIn(year, runYear);
    return {
      year,
      cycleAt: axisAt(ofYear.ns),
      cycle: ofYear.text,
      rows: places.map((place, i) => rowOf(year, place, year === runYear ? here[i] : undefined, ofYear.ns)),
    };
  });
}

function rowOf(year: number, place: Place, here: Here | undefined, cycleNs: number): Row {
  if (here !== undefined && here.kind !== "not measured") {
    const { kind, ns, low, high, note } = here;
    return { kind, ...marked(ns, cycleNs, { low, high }), note };
  }
  const known = knownIn(year, place.stretches);
  if (here !== undefined && known.kind === "nothing") return { ...nothing, note: here.note };
  switch (known.kind) {
    case "published": {
      const { ns, range } = known.point;
      return { kind: "published", ...marked(ns, cycleNs, range), note: `${known.of}, ${cited(known.point)}` };
    }
    case "between":
      return {
        kind: "between",
        ...marked(known.ns, cycleNs),
        note: `${known.of}, between ${known.before.year} and ${known.after.year}`,
      };
    case "nothing":
      return { ...nothing, note: sinceWhen(known) };
  }
}

const nothing = { kind: "none", real: "", scaled: "" } as const;

function sinceWhen({ last }: Extract<Known, { kind: "nothing" }>): string {
  if (last === undefined) return "no figure yet";
  return `no figure after ${last.year}: ${formatFigure(last.ns, "ns")}`;
}

function marked(ns: number, cycleNs: number, range?: { readonly low: number; readonly high: number }) {
  const { low, high } = range ?? {};
  return {
    at: axisAt(ns),
    ...(low === undefined || high === undefined ? {} : { low: axisAt(low), high: axisAt(high) }),
    real: formatFigure(ns, "ns"),
    scaled: inWords(ns / cycleNs),
  };
}

function cited({ source }: Published): string {
  return sources[source].short;
}

/** In the year of the run what the lab counts in: what clock a machine runs at now is not told to all who ask. */
function cycleIn(year: number, runYear: number): { readonly ns: number; readonly text: string } {
  const shown = (ns: number) => formatFigure(ns, "ns");
  if (year === runYear) return { ns: labCycleNs, text: `${shown(labCycleNs)}, 3 GHz, as the talk counts` };
  const known = knownIn(year, [cycle]);
  switch (known.kind) {
    case "published":
      return { ns: known.point.ns, text: `${shown(known.point.ns)}, ${cited(known.point)}` };
    case "between":
      return {
        ns: known.ns,
        text: `${shown(known.ns)}, between ${known.before.year} and ${known.after.year}`,
      };
    case "nothing": {
      if (known.last === undefined) throw new Error(`expected a cycle published by ${year}, got none`);
      return { ns: known.last.ns, text: `${shown(known.last.ns)}, that of ${known.last.year}` };
    }
  }
}

function rounded(percent: number): number {
  return Math.round(percent * 100) / 100;
}
