import type { TopLevelSpec } from "vega-lite";
import type { IoModel } from "../../../servers/contract.ts";
import { type FigureSummary, spreadOf } from "../../report/cells.ts";
import type { Unit } from "../../result.ts";
import { focused, focusParam } from "./focus.ts";
import { footnoteLines, textView } from "./footnotes.ts";
import { type ConcatView, chartLook, chartWidth, titleOf } from "./layout.ts";
import { labelsOf, logAxis } from "./log-axis.ts";
import { gridLine, ink, ioModelLooks, noticeInk, paper, softInk } from "./palette.ts";
import { strikes } from "./strikes.ts";
import { summaryText } from "./summary-text.ts";
import { fitLine } from "./text-width.ts";
import { type Tip, tooltip } from "./tooltip.ts";

/** A small chart for each figure: it, over one factor, with a line for each level of the other. */
export interface InteractionPanels {
  readonly question: string;
  readonly explanation: readonly string[];
  /** Along each panel. */
  readonly places: readonly string[];
  /** The lines, and which server stands where on them. */
  readonly lines: readonly InteractionLine[];
  readonly panels: readonly InteractionPanel[];
  /** Sentences below the panels. */
  readonly footnotes: readonly string[];
}

export interface InteractionLine {
  readonly name: string;
  readonly ioModel: IoModel;
  /** Its symbols are open, as it is a variant of the line of the same I/O model. */
  readonly open: boolean;
  /** One a place; undefined where there is none. */
  readonly servers: readonly (string | undefined)[];
}

export interface InteractionPanel {
  readonly title: string;
  readonly unit: Unit;
  readonly entries: readonly InteractionEntry[];
  /** One a place, below it: a text, and a smaller one below. */
  readonly ratios: readonly (readonly [string, string])[];
}

export interface InteractionEntry {
  readonly server: string;
  /** Of its line and of its place. */
  readonly line: number;
  readonly place: number;
  readonly marks: string;
  readonly state: string;
  readonly doubtful: boolean;
  readonly summary?: FigureSummary;
  readonly message?: string;
}

const panelsInRow = 3;
const panelGap = 18;
const labelWidth = 50;
const panelWidth = Math.floor((chartWidth - panelGap * (panelsInRow - 1)) / panelsInRow) - labelWidth;
const panelHeight = 150;
/** So that the symbols of a place stand beside each other. */
const lineOffsets = [-10, 0, 10, 0] as const;
const lineDashes = [[1, 0], [1, 0], [5, 3], [1, 0]] as const;
const messageHeight = 13;

export function interactionPanels(chart: InteractionPanels): TopLevelSpec {
  const footnotes = footnoteLines(chart.footnotes);
  const views = [...chart.panels.map((panel) => panelView(chart, panel)), keyView(chart)];
  return {
    ...chartLook,
    params: [focusParam],
    title: titleOf(chart.question, chart.explanation),
    spacing: 18,
    vconcat: [
      { columns: panelsInRow, spacing: { row: 22, column: panelGap }, align: "none", concat: views },
      ...(footnotes.length === 0 ? [] : [textView(footnotes, panelWidth, -labelWidth)]),
    ],
  };
}

function centreOf(place: number, { places }: InteractionPanels): number {
  return (panelWidth * (place + 0.5)) / places.length;
}

function panelView(chart: InteractionPanels, panel: InteractionPanel): ConcatView {
  const spots = panel.entries.flatMap(({ summary, line, place, server, state, doubtful }) =>
    summary === undefined
      ? []
      : [
          {
            ...{ server, line, place, doubtful, x: centreOf(place, chart) + (lineOffsets[line] ?? 0) },
            ...{ median: summary.median, ...spreadOf(summary) },
            ...({ figure: panel.title, value: summaryText(summary, panel.unit), state } satisfies Tip),
          },
        ],
  );
  const absent = panel.entries.flatMap(({ message, line, place, server, marks }) =>
    message === undefined
      ? []
      : [
          {
            ...{ server, x: centreOf(place, chart) + (lineOffsets[line] ?? 0) },
            text: fitLine(`× ${server}${marks}: ${message}`, 10.5, panelWidth + labelWidth),
            ...({ figure: panel.title, value: "none", state: message } satisfies Tip),
          },
        ],
  );
  const axis = logAxis(
    spots.flatMap(({ low, high }) => [low, high]),
    panel.unit,
    5,
  );
  const y = (field: string) =>
    ({
      field,
      type: "quantitative",
      scale: { type: "log", domain: [...axis.domain], nice: false },
      axis: {
        values: axis.ticks.map(({ value }) => value),
        labelExpr: labelsOf(axis.ticks),
        labelFontSize: 10,
        labelPadding: 5,
        minExtent: labelWidth,
        maxExtent: labelWidth,
        title: null,
      },
    }) as const;
  const x = (field: string) => ({ field, type: "quantitative", scale: null, axis: null }) as const;
  const ratioTop = panelHeight + 30;
  const messageTop = ratioTop + 32;
  return {
    width: panelWidth,
    height: panelHeight,
    title: panelTitle(panel.title, "logarithmic"),
    layer: [
      {
        data: { values: chart.places.map((_, place) => ({ x: centreOf(place, chart) })) },
        mark: { type: "rule", color: gridLine },
        encoding: { x: x("x"), y: { value: 0 }, y2: { value: panelHeight } },
      },
      ...chart.lines.flatMap((line, index) => {
        const of = spots.filter((spot) => spot.line === index);
        return [joining(line, index, of, y, x), ...symbols(line, of, y, x)];
      }),
      ...strikes(
        spots.filter(({ doubtful }) => doubtful),
        { x: x("x"), y: y("median") },
      ),
      {
        data: { values: absent },
        mark: { type: "text", fontSize: 14, fontWeight: 600, color: noticeInk },
        encoding: {
          ...{ x: x("x"), y: { value: panelHeight - 8 }, text: { value: "×" } },
          ...{ opacity: focused(), tooltip: tooltip() },
        },
      },
      ...chart.places.map((text, place) => textLayer(text, centreOf(place, chart), panelHeight + 12, {})),
      ...panel.ratios.flatMap(([ratio, interval], place) => [
        textLayer(ratio, centreOf(place, chart), ratioTop, { fontWeight: 600, color: ink }),
        textLayer(interval, centreOf(place, chart), ratioTop + 13, { fontSize: 10 }),
      ]),
      ...absent.map(({ server, text }, index) => ({
        data: { values: [{ server, text }] },
        mark: {
          ...{ type: "text" as const, align: "left" as const, fontSize: 10.5 },
          ...{ fontStyle: "italic" as const, color: noticeInk },
        },
        encoding: {
          ...{ x: { value: -labelWidth + 4 }, y: { value: messageTop + index * messageHeight } },
          ...{ text: { field: "text" }, opacity: focused() },
        },
      })),
    ],
  };
}

function panelTitle(text: string, subtitle: string) {
  return {
    ...{ text, subtitle, anchor: "start" as const, frame: "group" as const, offset: 10 },
    ...{ fontSize: 12, subtitleFontSize: 10.5, subtitlePadding: 1, lineHeight: 14 },
  };
}

function textLayer(
  text: string,
  x: number,
  y: number,
  look: { readonly fontWeight?: 600; readonly color?: string; readonly fontSize?: number },
) {
  return {
    data: { values: [{ text }] },
    mark: { type: "text" as const, fontSize: 11, color: softInk, ...look },
    encoding: { x: { value: x }, y: { value: y }, text: { field: "text" } },
  };
}

type Channel<Look> = (field: string) => Look;

/** What shares a line is joined, though nothing lies between two places. */
function joining<X, Y>(
  { ioModel }: InteractionLine,
  index: number,
  spots: readonly object[],
  y: Channel<Y>,
  x: Channel<X>,
) {
  const [dash, gap] = lineDashes[index] ?? [1, 0];
  return {
    data: { values: [...spots] },
    mark: {
      type: "line" as const,
      color: ioModelLooks[ioModel].colour,
      opacity: 0.6,
      strokeWidth: 1.6,
      ...(gap === 0 ? {} : { strokeDash: [dash, gap] }),
    },
    encoding: { x: x("x"), y: y("median") },
  };
}

function symbols<X, Y>(
  { ioModel, open }: Pick<InteractionLine, "ioModel" | "open">,
  spots: readonly object[],
  y: Channel<Y>,
  x: Channel<X>,
) {
  const { colour, shape } = ioModelLooks[ioModel];
  const mark = { type: "point" as const, shape, color: colour };
  return [
    {
      data: { values: [...spots] },
      mark: { type: "rule" as const, color: colour, strokeWidth: 7 },
      encoding: {
        ...{ x: x("x"), y: y("low"), y2: { field: "high" } },
        ...{ opacity: focused(0.3), tooltip: tooltip() },
      },
    },
    {
      data: { values: [...spots] },
      mark: open
        ? { ...mark, fill: paper, strokeWidth: 1.8, size: 48 }
        : { ...mark, filled: true, size: 60 },
      encoding: { x: x("x"), y: y("median"), opacity: focused(), tooltip: tooltip() },
    },
  ];
}

/** Which server stands where, and with which symbol; those places too where none does. */
function keyView(chart: InteractionPanels): ConcatView {
  const rowHeight = 38;
  const left = -labelWidth;
  const columnAt = (place: number) => left + ((panelWidth + labelWidth) * (place + 0.5)) / chart.places.length;
  const top = (index: number) => 26 + index * rowHeight;
  const x = (field: string) => ({ field, type: "quantitative", scale: null, axis: null }) as const;
  return {
    width: panelWidth,
    height: panelHeight,
    title: panelTitle("Which server stands where", "× in a panel: no figure, as the lines below it say"),
    layer: [
      ...chart.places.map((place, index) =>
        textLayer(place, columnAt(index), 0, { fontWeight: 600, fontSize: 10.5 }),
      ),
      ...chart.lines.flatMap((line, index) => [
        ...symbols(line, [{ x: left + 8, median: top(index), low: top(index), high: top(index) }], x, x).slice(1),
        {
          data: { values: [{ text: line.name }] },
          mark: { type: "text" as const, align: "left" as const, fontSize: 11, fontWeight: 600 as const },
          encoding: { x: { value: left + 20 }, y: { value: top(index) }, text: { field: "text" } },
        },
        ...line.servers.map((server, place) => ({
          data: { values: [{ server: server ?? "", text: server ?? "not built" }] },
          mark: {
            ...{ type: "text" as const, fontSize: 10.5, color: server === undefined ? noticeInk : ink },
            ...(server === undefined ? { fontStyle: "italic" as const } : {}),
          },
          encoding: {
            ...{ x: { value: columnAt(place) }, y: { value: top(index) + 15 }, text: { field: "text" } },
          },
        })),
      ]),
    ],
  };
}
