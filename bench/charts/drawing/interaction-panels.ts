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
import { fitLine, fitLines } from "./text-width.ts";
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
  /** At which it was measured. */
  readonly point: string;
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
const lineDashes = [
  [1, 0],
  [1, 0],
  [5, 3],
  [1, 0],
] as const;
const messageHeight = 13;
/** Below a panel: its places, then the ratios, then what has no figure. */
const ratioBelow = 30;
const messagesBelow = ratioBelow + 32;
const titleHeight = 44;

export function interactionPanels(chart: InteractionPanels): TopLevelSpec {
  const footnotes = footnoteLines(chart.footnotes);
  const views = [...chart.panels.map((panel) => panelView(chart, panel)), keyView(chart)];
  return {
    ...chartLook,
    params: [focusParam],
    title: titleOf(chart.question, chart.explanation),
    spacing: 18,
    vconcat: [
      {
        // By the plots alone, so that these stand in line; what is above and below them has its own room.
        ...{ bounds: "flush", columns: panelsInRow, concat: views },
        spacing: { row: titleHeight + belowHeight(chart), column: panelGap + labelWidth },
      },
      ...(footnotes.length === 0 ? [] : [textView(footnotes, panelWidth, -labelWidth)]),
    ],
  };
}

/** As much as the panel with the most to say needs, of those that have another below them. */
function belowHeight(chart: InteractionPanels): number {
  const lastRow = Math.floor(chart.panels.length / panelsInRow) * panelsInRow;
  const lines = chart.panels
    .slice(0, lastRow)
    .map((panel) => absentOf(chart, panel).flatMap(({ lines }) => lines).length);
  return messagesBelow + messageHeight * Math.max(0, ...lines);
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
  const absent = absentOf(chart, panel);
  const absentLines = absent.flatMap(({ server, lines }) => lines.map((text) => ({ server, text })));
  const axis = logAxis(
    spots.flatMap(({ low, high }) => [low, high]),
    panel.unit,
    5,
  );
  const y = (field: string) => ({
    field,
    type: "quantitative" as const,
    scale: { type: "log" as const, domain: [...axis.domain], nice: false },
    axis: {
      values: axis.ticks.map(({ value }) => value),
      labelExpr: labelsOf(axis.ticks),
      labelFontSize: 10,
      labelPadding: 5,
      minExtent: labelWidth,
      maxExtent: labelWidth,
      title: null,
    },
  });
  const x = (field: string) => ({ field, type: "quantitative", scale: null, axis: null }) as const;
  return {
    width: panelWidth,
    height: panelHeight,
    layer: [
      ...titleLayers(panel.title, fitLine(panel.point, 10.5, panelWidth + labelWidth)),
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
        data: { values: absent.map(({ lines: _, ...spot }) => spot) },
        mark: { type: "text", fontSize: 14, fontWeight: 600, color: noticeInk },
        encoding: {
          ...{ x: x("x"), y: { value: panelHeight - 8 }, text: { value: "×" } },
          ...{ opacity: focused(), tooltip: tooltip() },
        },
      },
      ...chart.places.map((text, place) => textLayer(text, centreOf(place, chart), panelHeight + 12, {})),
      ...panel.ratios.flatMap(([ratio, interval], place) => [
        textLayer(ratio, centreOf(place, chart), panelHeight + ratioBelow, { fontWeight: 600, color: ink }),
        textLayer(interval, centreOf(place, chart), panelHeight + ratioBelow + 13, { fontSize: 10 }),
      ]),
      ...absentLines.map(({ server, text }, index) => ({
        data: { values: [{ server, text }] },
        mark: {
          ...{ type: "text" as const, align: "left" as const, fontSize: 10.5 },
          ...{ fontStyle: "italic" as const, color: noticeInk },
        },
        encoding: {
          ...{
            x: { value: -labelWidth + 4 },
            y: { value: panelHeight + messagesBelow + index * messageHeight },
          },
          ...{ text: { field: "text" }, opacity: focused() },
        },
      })),
    ],
  };
}

/** What has no figure, and what is said of that below the panel. */
function absentOf(chart: InteractionPanels, panel: InteractionPanel) {
  return panel.entries.flatMap(({ message, line, place, server, marks }) => {
    if (message === undefined) return [];
    const [first = "", ...more] = fitLines(
      `× ${server}${marks}: ${message}`,
      10.5,
      panelWidth + labelWidth - 8,
    );
    const second = more.length === 0 ? [] : [fitLine(more.join(" "), 10.5, panelWidth + labelWidth - 8)];
    return [
      {
        ...{ server, x: centreOf(place, chart) + (lineOffsets[line] ?? 0), lines: [first, ...second] },
        ...({ figure: panel.title, value: "none", state: message } satisfies Tip),
      },
    ];
  });
}

/** At a set height, so that those of a row stand in line, whatever the labels of their axes. */
function titleLayers(title: string, subtitle: string) {
  const look = { align: "left" as const, color: ink };
  return [
    textLayer(title, -labelWidth, -34, { ...look, fontSize: 12, fontWeight: 600 }),
    textLayer(subtitle, -labelWidth, -19, { ...look, fontSize: 10.5, color: softInk }),
  ];
}

function textLayer(
  text: string,
  x: number,
  y: number,
  look: {
    readonly align?: "left";
    readonly fontWeight?: 600;
    readonly color?: string;
    readonly fontSize?: number;
  },
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
      mark: open ? { ...mark, fill: paper, strokeWidth: 1.8, size: 48 } : { ...mark, filled: true, size: 60 },
      encoding: { x: x("x"), y: y("median"), opacity: focused(), tooltip: tooltip() },
    },
  ];
}

/** Which symbol is what, and for each place which server has it; where none does, that too. */
function keyView(chart: InteractionPanels): ConcatView {
  const blocks = [
    { heading: "all places", names: chart.lines.map(({ name }) => name) },
    ...chart.places.map((heading, place) => ({
      heading,
      names: chart.lines.map(({ servers }) => servers[place]),
    })),
  ];
  const pixel = (field: string) => ({ field, type: "quantitative", scale: null, axis: null }) as const;
  const columnWidth = (panelWidth + labelWidth) / 2;
  const entries = blocks.flatMap(({ names }, block) =>
    names.map((name, line) => ({
      ...{ text: name ?? "not built", isNone: name === undefined, line },
      x: -labelWidth + 6 + (line % 2) * columnWidth,
      y: block * keyBlockHeight + 17 + Math.floor(line / 2) * 15,
    })),
  );
  return {
    width: panelWidth,
    height: panelHeight,
    layer: [
      ...titleLayers("Which server stands where", "×: no figure; why, is below the panel"),
      ...blocks.map(({ heading }, block) => ({
        data: { values: [{ text: heading }] },
        mark: { ...keyText, fontWeight: 600 as const, color: softInk },
        encoding: {
          ...{ x: { value: -labelWidth }, y: { value: block * keyBlockHeight } },
          ...{ text: { field: "text" } },
        },
      })),
      ...chart.lines.flatMap((line, index) => {
        const spots = entries
          .filter((entry) => entry.line === index && !entry.isNone)
          .map(({ x, y }) => ({ x, median: y }));
        return symbols(line, spots, pixel, pixel).slice(1);
      }),
      ...[true, false].map((isNone) => ({
        data: { values: entries.filter((entry) => entry.isNone === isNone) },
        mark: {
          ...{ ...keyText, dx: 10, color: isNone ? noticeInk : ink },
          ...(isNone ? { fontStyle: "italic" as const } : {}),
        },
        encoding: { x: pixel("x"), y: pixel("y"), text: { field: "text" } },
      })),
    ],
  };
}

const keyBlockHeight = 54;
const keyText = { type: "text" as const, align: "left" as const, fontSize: 10.5 };
