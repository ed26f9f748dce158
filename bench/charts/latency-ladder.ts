import type { TopLevelSpec } from "vega-lite";
import { rungs as rungsOfTalk, talkCyclesIn } from "../labs/ladder/rungs.ts";
import { type Cell, cellsOf, spreadOf } from "../report/cells.ts";
import { formatFigure } from "../report/format.ts";
import { markedRemarks } from "../report/remarks.ts";
import { marksOf } from "../report/tables.ts";
import { trialsText } from "../report/trials-text.ts";
import type { Arm, Run } from "../result.ts";
import type { Chart } from "./chart.ts";
import { barText } from "./drawing/bar-text.ts";
import { focusParam } from "./drawing/focus.ts";
import { footnoteLines, textView } from "./drawing/footnotes.ts";
import { chartLook, chartWidth, conditionsText, titleOf } from "./drawing/layout.ts";
import { contextLine, gridLine, ioModelLooks, noticeInk, paper, softInk } from "./drawing/palette.ts";
import { stateInShort, stateMessage } from "./drawing/state-message.ts";
import { isDoubtful, strikes, strikeText } from "./drawing/strikes.ts";
import { summaryText } from "./drawing/summary-text.ts";
import { fitLine, fitLines } from "./drawing/text-width.ts";

/** One rung: what was measured here, and what the talk has where it names it. Nanoseconds. */
interface Rung {
  readonly name: string;
  readonly summary: string;
  readonly marks: string;
  readonly doubtful: boolean;
  /** As they are read. */
  readonly here: string;
  readonly talk: string;
  readonly state: string;
  readonly hereNs?: number;
  readonly low?: number;
  readonly high?: number;
  readonly talkNs?: number;
  /** What stands in place of a figure that there is none of. */
  readonly message?: string;
  readonly factor?: string;
}

interface SymbolLook {
  readonly size: number;
  /** An edge that parts symbols which lie on each other. */
  readonly stroke?: string;
  readonly strokeWidth?: number;
}

const nameWidth = 216;
const rowHeight = 46;
const plotWidth = chartWidth - nameWidth;
const domain = [0.5, 2e9] as const;

const chart: Chart = {
  name: "latency-ladder",
  scenario: "ladder",
  claims: ["latency-ladder-order", "disk-costs-41-million-cycles"],
  description:
    "Time to fetch something from each place between the first cache and a network, here beside the talk of 2011, log scale.",

  picture(run) {
    const scenario = run.scenarios.find(({ name }) => name === this.scenario);
    const cells = cellsOf(run, this.scenario);
    if (scenario?.arms === undefined || cells.length === 0) return undefined;
    const rungs = scenario.arms.map((arm) =>
      rungOf(
        arm,
        cells.find((cell) => cell.arm === arm.name),
      ),
    );
    return {
      spec: specOf(run, cells, rungs),
      table: {
        columns: ["place", "here", "the talk", "compared"],
        rows: rungs.map(({ name, marks, summary, here, talk, factor = "not compared", message }) => ({
          cells: [`${name}${marks}${summary === "" ? "" : `: ${summary}`}`, message ?? here, talk, factor],
        })),
      },
    };
  },
};

export default chart;

function rungOf({ name, summary }: Arm, cell: Cell | undefined): Rung {
  const { medianNs } = cell?.figures ?? {};
  // What the talk says holds whether anything was measured here or not.
  const cycles = rungsOfTalk.find((rung) => rung.name === name)?.talkCycles;
  const talkNs = cycles === undefined ? undefined : cycles / talkCyclesIn(1);
  const about = {
    ...{ name, summary, marks: cell === undefined ? "" : marksOf(cell) },
    doubtful: cell !== undefined && isDoubtful(cell),
    here: summaryText(medianNs, "ns"),
    talk: talkNs === undefined ? "not named" : formatFigure(talkNs, "ns"),
    state: cell === undefined ? "not run" : stateInShort(cell),
    ...(talkNs === undefined ? {} : { talkNs }),
  };
  if (cell === undefined) return { ...about, message: "not run" };
  if (medianNs === undefined) return { ...about, message: stateMessage(cell) ?? "not read" };
  const times = talkNs === undefined ? undefined : medianNs.median / talkNs;
  return {
    ...about,
    hereNs: medianNs.median,
    ...spreadOf(medianNs),
    ...(times === undefined ? {} : { factor: factorText(times) }),
  };
}

/** `8.1 times slower here`, `230 times faster here`. */
function factorText(times: number): string {
  if (Math.abs(Math.log(times)) < Math.log(1.1)) return "as in the talk";
  const [factor, word] = times >= 1 ? [times, "slower"] : [1 / times, "faster"];
  return `${factor.toLocaleString("en", { maximumSignificantDigits: 2 })} times ${word} here`;
}

const ticks: Readonly<Record<number, string>> = {
  1: "1 ns",
  1e1: "10 ns",
  1e2: "100 ns",
  1e3: "1 µs",
  1e4: "10 µs",
  1e5: "100 µs",
  1e6: "1 ms",
  1e7: "10 ms",
  1e8: "100 ms",
};

function specOf(run: Run, cells: readonly Cell[], unplaced: readonly Rung[]): TopLevelSpec {
  const { colour } = ioModelLooks["event loop"];
  const rungs = unplaced.map((rung, i) => ({ ...rung, y: (i + 0.5) * rowHeight }));
  const here = rungs.filter(({ hereNs }) => hereNs !== undefined);
  const both = here.filter(({ talkNs }) => talkNs !== undefined);
  const [hereName, talkName] = ["measured here", "the talk: cycles of 3 GHz"];
  const x = (field: string) => ({ field, type: "quantitative" }) as const;
  const legend = {
    field: "who",
    type: "nominal" as const,
    scale: { domain: [hereName, talkName] },
    legend: { title: null, orient: "top" as const },
  };
  const looks = {
    color: { ...legend, scale: { domain: [hereName, talkName], range: [colour, softInk] } },
    shape: { ...legend, scale: { domain: [hereName, talkName], range: ["circle", "diamond"] } },
    tooltip: (["name", "summary", "here", "talk", "factor", "state"] as const).map((field) => ({
      field,
      type: "nominal" as const,
      title: { name: "place", factor: "compared" }[field as string] ?? field,
    })),
  };
  const symbols = (who: string, field: string, { size, ...edge }: SymbolLook, shown: readonly Rung[]) => ({
    data: { values: shown.map((rung) => ({ ...rung, factor: rung.factor ?? "", who })) },
    mark: { type: "point" as const, filled: true, size, opacity: 1, ...edge },
    encoding: { x: x(field), ...looks },
  });
  const text = (values: readonly object[], at: object, look: object) => ({
    data: { values: [...values] },
    mark: { type: "text" as const, align: "left" as const, fontSize: 11, ...look },
    encoding: { x: at, text: { field: "text" } },
  });
  const pixel = { field: "x", type: "quantitative", scale: null, axis: null } as const;
  return {
    ...chartLook,
    params: [focusParam],
    title: titleOf("How long does it take to fetch what lies there?", [
      `Median of one access at a time. The network is a relay set to the talk's 80 ms, not a measured one.${barText(cells.map(({ figures }) => figures.medianNs))}${strikeText(cells)}`,
      conditionsText(run, trialsText(cells)),
    ]),
    spacing: 14,
    vconcat: [
      {
        width: plotWidth,
        height: rowHeight * rungs.length,
        encoding: {
          y: { field: "y", type: "quantitative", scale: null, axis: null },
          x: {
            type: "quantitative",
            scale: { type: "log", domain: [...domain], nice: false },
            axis: {
              values: Object.keys(ticks).map(Number),
              labelExpr: `${JSON.stringify(ticks)}[datum.value]`,
              gridColor: gridLine,
              title: "time of one access, logarithmic",
              titlePadding: 8,
            },
          },
        },
        layer: [
          {
            data: { values: both },
            mark: { type: "rule", color: contextLine, strokeWidth: 2 },
            encoding: { x: x("hereNs"), x2: { field: "talkNs" } },
          },
          {
            data: { values: here },
            mark: { type: "rule", color: colour, strokeWidth: 8, opacity: 0.3 },
            encoding: { x: x("low"), x2: { field: "high" } },
          },
          symbols(
            talkName,
            "talkNs",
            // Larger, so that its corners show where both are the same.
            { size: 210 },
            rungs.filter(({ talkNs }) => talkNs !== undefined),
          ),
          symbols(hereName, "hereNs", { size: 80, stroke: paper, strokeWidth: 1.2 }, here),
          ...strikes(
            here.filter(({ doubtful }) => doubtful),
            { x: x("hereNs") },
          ),
          text(
            here.map((rung) => ({
              ...rung,
              x: rightOf(rung),
              text: rung.factor ?? "not on the talk's slide",
            })),
            pixel,
            { color: softInk },
          ),
          text(
            rungs.flatMap((rung) => (rung.message === undefined ? [] : [messageOf(rung, rung.message)])),
            pixel,
            { fontStyle: "italic", color: noticeInk },
          ),
          text(
            rungs.map(({ name, marks, summary, y }) => ({
              text: `${name}${marks}`,
              y: y - 6.5 * summaryLines(summary).length,
            })),
            { value: -nameWidth },
            { fontSize: 12, fontWeight: 600 },
          ),
          text(
            rungs.flatMap(({ summary, y }) => {
              const lines = summaryLines(summary);
              return lines.map((text, i) => ({ text, y: y - 6.5 * lines.length + 14 + 12 * i }));
            }),
            { value: -nameWidth },
            { fontSize: 10, color: softInk },
          ),
        ],
      },
      ...footnotesOf(cells),
    ],
  };
}

function footnotesOf(cells: readonly Cell[]) {
  const lines = footnoteLines(markedRemarks(cells));
  return lines.length === 0 ? [] : [textView(lines, plotWidth, -nameWidth)];
}

function summaryLines(summary: string): string[] {
  return summary === "" ? [] : fitLines(summary, 10, nameWidth - 14);
}

/** Right of both symbols and of the interval, in pixels. */
function rightOf({ hereNs = 0, high = 0, talkNs = 0 }: Rung): number {
  return placeOf(Math.max(hereNs, high, talkNs)) + 10;
}

/** Words in place of a figure: right of the talk's symbol, or left of one that has no room there. */
function messageOf({ talkNs, y }: Rung & { readonly y: number }, message: string) {
  const place = talkNs === undefined ? 0 : placeOf(talkNs);
  const [x, room] = place > plotWidth / 2 ? [6, place - 20] : [place + 10, plotWidth - place - 16];
  return { x, y, text: fitLine(message, 11, room) };
}

function placeOf(ns: number): number {
  const [low, high] = domain;
  return (plotWidth * Math.log(ns / low)) / Math.log(high / low);
}
