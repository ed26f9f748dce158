import {
  type InteractionLine,
  labelWidth,
  panelHeight,
  panelWidth,
  symbols,
  titleLayers,
} from "./interaction-marks.ts";
import type { ConcatView } from "./layout.ts";
import { ink, noticeInk, softInk } from "./palette.ts";

/** Which symbol is what, and for each place which server has it; where none does, that too. */
export function keyView(chart: {
  readonly places: readonly string[];
  readonly lines: readonly InteractionLine[];
}): ConcatView {
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
      ...{ text: name ?? "none here", isNone: name === undefined, line },
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
