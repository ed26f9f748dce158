import type { TopLevelSpec } from "vega-lite";
import { type Cell, cellsOf, spreadOf } from "../report/cells.ts";
import { formatFigure } from "../report/format.ts";
import { marksOf } from "../report/tables.ts";
import { trialsText } from "../report/trials-text.ts";
import type { Arm, Run } from "../result.ts";
import type { Chart } from "./chart.ts";
import { barText } from "./drawing/bar-text.ts";
import { chartLook, chartWidth, conditionsText, titleOf } from "./drawing/layout.ts";
import { contextLine, gridLine, ink, ioModelLooks, noticeInk, softInk } from "./drawing/palette.ts";
import { stateInShort, stateMessage } from "./drawing/state-message.ts";
import { isDoubtful, strikes } from "./drawing/strikes.ts";
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

/** The talk counts in cycles of the 3 GHz that its source has. */
const cyclesPerNs = 3;

const rowHeight = 34;

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
        rows: rungs.map(({ name, marks, summary, here, talk, factor = "", message }) => ({
          cells: [`${name}${marks}${summary === "" ? "" : `: ${summary}`}`, message ?? here, talk, factor],
        })),
      },
    };
  },
};

export default chart;

function rungOf({ name, summary }: Arm, cell: Cell | undefined): Rung {
  const { medianNs, talkCycles } = cell?.figures ?? {};
  const talkNs = talkCycles === undefined ? undefined : talkCycles.median / cyclesPerNs;
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

function specOf(run: Run, cells: readonly Cell[], rungs: readonly Rung[]): TopLevelSpec {
  const { colour } = ioModelLooks["event loop"];
  const here = rungs.filter(({ hereNs }) => hereNs !== undefined);
  const both = here.filter(({ talkNs }) => talkNs !== undefined);
  const x = (field: string) => ({
    field,
    type: "quantitative" as const,
    scale: { type: "log" as const, domain: [0.5, 2e8], nice: false },
  });
  const [hereName, talkName] = ["measured here", "the talk: cycles of 3 GHz"];
  const legend = {
    field: "who",
    type: "nominal" as const,
    scale: { domain: [hereName, talkName] },
    legend: { title: null, orient: "top" as const },
  };
  const looks = {
    color: { ...legend, scale: { domain: [hereName, talkName], range: [colour, softInk] } },
    shape: { ...legend, scale: { domain: [hereName, talkName], range: ["circle", "diamond"] } },
  };
  return {
    ...chartLook,
    title: titleOf("How long does it take to fetch what lies there?", [
      "Median of one access at a time. The network is a relay set to the talk's 80 ms, not a measured one.",
      conditionsText(run, trialsText(cells)),
    ]),
    width: chartWidth - 110,
    height: rowHeight * rungs.length,
    encoding: {
      y: {
        field: "name",
        type: "nominal",
        sort: rungs.map(({ name }) => name),
        axis: { title: null, labelFontSize: 12, labelColor: ink },
      },
    },
    layer: [
      {
        data: { values: [...both] },
        mark: { type: "rule", color: contextLine, strokeWidth: 2 },
        encoding: {
          x: {
            ...x("hereNs"),
            axis: {
              values: Object.keys(ticks).map(Number),
              labelExpr: `${JSON.stringify(ticks)}[datum.value]`,
              gridColor: gridLine,
              title: "time of one access, logarithmic",
              titlePadding: 8,
            },
          },
          x2: { field: "talkNs" },
        },
      },
      {
        data: {
          values: rungs
            .filter(({ talkNs }) => talkNs !== undefined)
            .map((rung) => ({ ...rung, who: talkName })),
        },
        mark: { type: "point", filled: true, size: 90, opacity: 1 },
        encoding: { x: x("talkNs"), ...looks },
      },
      {
        data: { values: here.map((rung) => ({ ...rung, who: hereName })) },
        mark: { type: "point", filled: true, size: 90, opacity: 1 },
        encoding: { x: x("hereNs"), ...looks },
      },
      {
        data: { values: [...here] },
        mark: { type: "rule", color: colour, strokeWidth: 4, opacity: 0.5 },
        encoding: { x: x("low"), x2: { field: "high" } },
      },
      {
        data: {
          values: both.map((rung) => ({ ...rung, right: Math.max(rung.high ?? 0, rung.talkNs ?? 0) })),
        },
        mark: { type: "text", align: "left", dx: 10, fontSize: 11, color: softInk },
        encoding: { x: x("right"), text: { field: "factor" } },
      },
      {
        data: { values: rungs.filter(({ message }) => message !== undefined) },
        mark: { type: "text", align: "left", fontSize: 11, fontStyle: "italic", color: noticeInk },
        encoding: { x: { value: 6 }, text: { field: "message" } },
      },
    ],
  };
}
