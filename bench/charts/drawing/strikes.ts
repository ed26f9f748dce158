import type { Cell } from "../../report/cells.ts";
import { focused } from "./focus.ts";
import { ink, paper } from "./palette.ts";

/** Whether something else than the server may have decided the figures. */
export function isDoubtful({ generatorBound, onlyBusyPercent }: Cell): boolean {
  return generatorBound || onlyBusyPercent !== undefined;
}

/** Stands in the explanation of a chart with such cells; empty for one without. */
export function strikeText(cells: readonly Cell[]): string {
  const marks = [
    ...(cells.some(({ generatorBound }) => generatorBound) ? ["†"] : []),
    ...(cells.some(({ onlyBusyPercent }) => onlyBusyPercent !== undefined) ? ["◊"] : []),
  ];
  return marks.length === 0
    ? ""
    : ` Struck through: something else than the server may have decided it (${marks.join(", ")}).`;
}

const slash = "M-1,1L1,-1";

/** Strokes through the symbols at these positions, on a halo that parts them from the symbol. */
export function strikes<Position extends object>(values: readonly object[], position: Position) {
  return ([paper, ink] as const).map((color) => ({
    data: { values: [...values] },
    mark: {
      type: "point" as const,
      shape: slash,
      filled: false,
      size: 260,
      color,
      strokeWidth: color === paper ? 3.4 : 1.4,
    },
    encoding: { ...position, opacity: focused() },
  }));
}
