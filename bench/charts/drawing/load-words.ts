import { type Cell, hasFaults } from "../../report/cells.ts";
import { markedRemarks } from "../../report/remarks.ts";
import { stateText } from "../../report/tables.ts";
import { hollowWords } from "./mark-words.ts";

/** Webhooks per second of the trials of a cell. */
export function rateOf({ measuredAt }: Cell): number {
  return measuredAt.eventsPerSecond ?? Number.NaN;
}

/** `3,600 /s` */
export function rateText(cell: Cell): string {
  return `${rateOf(cell).toLocaleString("en")} /s`;
}

/** Room before the lowest rate asked for, so that no symbol lies on the edge. */
const margin = 1.35;

/**
 * Where the axis of rates begins: just below the lowest that was asked for. A server may have its ceiling far below
 * that; an axis that reached there would leave nobody else room.
 */
export function axisStart(cells: readonly Cell[]): number {
  return Math.min(...cells.map(({ point }) => point.eventsPerSecond ?? Number.NaN)) / margin;
}

/** What stands above a panel, at the rate that it is about. */
export const edgeSigns = { failed: "×", none: "–", beyond: "‹" } as const;

/** What the signs of a picture mean, as far as it has them; begins with a space, or is empty. */
export function loadLegend(cells: readonly Cell[]): string {
  const start = axisStart(cells);
  const clamped = cells.filter(({ clampedBecause }) => clampedBecause !== undefined);
  const signs: readonly (readonly [boolean, string])[] = [
    [cells.some(({ state }) => state === "failed"), ` ${edgeSigns.failed}: failed.`],
    [
      cells.some(({ state }) => state === "exempt" || state === "not run"),
      ` ${edgeSigns.none}: not measured.`,
    ],
    [clamped.some((cell) => rateOf(cell) >= start), " Upright, dotted: the server's ceiling."],
    [clamped.some((cell) => rateOf(cell) < start), ` ${edgeSigns.beyond}: at a rate below the axis.`],
  ];
  return `${hollowWords(cells)}${signs.map(([has, words]) => (has ? words : "")).join("")}`;
}

/** What is to be known of a server's cells, lowest rate first, in a few words each. */
export function loadNotices(cells: readonly Cell[]): string[] {
  return [
    ...listed("* ceiling:", ({ clampedBecause }) => clampedBecause !== undefined),
    ...listed("† generator-bound at", ({ generatorBound }) => generatorBound),
    ...listed("‡ faults at", hasFaults),
    ...cells
      .filter(({ state }) => state !== "completed")
      .map(
        (cell) =>
          `${cell.state === "failed" ? edgeSigns.failed : edgeSigns.none} ${rateText(cell)}: ${stateText(cell)}`,
      ),
  ];

  function listed(words: string, isMeant: (cell: Cell) => boolean): string[] {
    const rates = cells.filter(isMeant).map((cell) => rateOf(cell).toLocaleString("en"));
    return rates.length === 0 ? [] : [`${words} ${new Intl.ListFormat("en").format(rates)} /s`];
  }
}

/** Sentences below the panels. Where a server is generator-bound stands in its panel. */
export function loadFootnotes(cells: readonly Cell[]): string[] {
  const bound = cells.some(({ generatorBound }) => generatorBound);
  const others = cells.map((cell) => ({ ...cell, generatorBound: false }));
  const clamped = others.filter(({ clampedBecause }) => clampedBecause !== undefined);
  // The same server may have had other faults at each rate.
  const faulty = others.filter(hasFaults).map(({ clampedBecause: _, ...cell }) => ({
    ...cell,
    arm: `${cell.arm} at ${rateText(cell)}`,
  }));
  return [
    ...markedRemarks(clamped.map((cell) => ({ ...cell, errors: noErrors, failures: [] }))),
    ...(bound
      ? ["† Generator-bound: the load was over 80 % busy, so the figures may be the generator's own."]
      : []),
    ...markedRemarks(faulty),
  ];
}

const noErrors = { connect: 0, ended: 0, publish: 0, missing: 0, repeated: 0, dropped: 0 };
