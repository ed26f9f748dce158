import { focused } from "./focus.ts";
import { gridLine, noticeInk } from "./palette.ts";
import { tooltip } from "./tooltip.ts";

/** Data of a layer: of each row, or of what stands in it. */
type Rows = readonly { readonly server: string }[];

/** A thin line through each row. */
export function rowLines(rows: Rows, width: number) {
  return {
    data: { values: rows.map(({ server }) => ({ server })) },
    mark: { type: "rule", color: gridLine },
    encoding: { x: { value: 0 }, x2: { value: width } },
  } as const;
}

/** A broad bar from `low` to `high`. */
export function intervalBars<Colour extends object>(values: Rows, color: Colour) {
  return {
    data: { values: [...values] },
    mark: { type: "rule", strokeWidth: 8 },
    encoding: {
      x: { field: "low", type: "quantitative" },
      ...{ x2: { field: "high" }, color, opacity: focused(0.3), tooltip: tooltip() },
    },
  } as const;
}

/** Words in place of figures, from `x` on. */
export function rowMessages(values: Rows, x: number) {
  return {
    data: { values: [...values] },
    mark: { type: "text", align: "left", fontSize: 11, fontStyle: "italic", color: noticeInk },
    encoding: {
      ...{ x: { value: x }, text: { field: "text" } },
      ...{ opacity: focused(), tooltip: tooltip() },
    },
  } as const;
}
