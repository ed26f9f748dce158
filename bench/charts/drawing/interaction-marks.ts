import type { IoModel } from "../../../servers/contract.ts";
import { focused } from "./focus.ts";
import { chartWidth } from "./layout.ts";
import { ink, ioModelLooks, paper, softInk } from "./palette.ts";
import { tooltip } from "./tooltip.ts";

/** Three panels in the width of a chart, each with the labels of its axis at its left. */
export const panelsInRow = 3;
export const panelGap = 18;
export const labelWidth = 50;
export const panelHeight = 150;
export const panelWidth = Math.floor((chartWidth - panelGap * (panelsInRow - 1)) / panelsInRow) - labelWidth;

export interface InteractionLine {
  readonly name: string;
  readonly ioModel: IoModel;
  /** Its symbols are open, as it is a variant of the line of the same I/O model. */
  readonly open: boolean;
  /** One a place; undefined where there is none. */
  readonly servers: readonly (string | undefined)[];
}

const lineDashes = [
  [1, 0],
  [1, 0],
  [5, 3],
  [1, 0],
] as const;

/** At a set height, so that those of a row stand in line, whatever the labels of their axes. */
export function titleLayers(title: string, subtitle: string) {
  const look = { align: "left" as const, color: ink };
  return [
    textLayer(title, -labelWidth, -34, { ...look, fontSize: 12, fontWeight: 600 }),
    textLayer(subtitle, -labelWidth, -19, { ...look, fontSize: 10.5, color: softInk }),
  ];
}

export function textLayer(
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

/** Neighbours on a line are joined, though nothing lies between two places; nobody is passed over. */
export function joining<X, Y>(
  { ioModel }: InteractionLine,
  index: number,
  spots: readonly Spot[],
  y: Channel<Y>,
  x: Channel<X>,
) {
  const [dash, gap] = lineDashes[index] ?? [1, 0];
  const segments = spots.flatMap(({ x, median, place }) => {
    const next = spots.find((other) => other.place === place + 1);
    return next === undefined ? [] : [{ x, median, nextX: next.x, next: next.median }];
  });
  return {
    data: { values: segments },
    mark: {
      ...{ type: "rule" as const, color: ioModelLooks[ioModel].colour, opacity: 0.6, strokeWidth: 1.6 },
      ...(gap === 0 ? {} : { strokeDash: [dash, gap] }),
    },
    encoding: { x: x("x"), x2: { field: "nextX" }, y: y("median"), y2: { field: "next" } },
  };
}

interface Spot {
  readonly x: number;
  readonly median: number;
  readonly place: number;
}

export function symbols<X, Y>(
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
