import type { IoModel } from "../../../servers/contract.ts";
import { type Cell, type FigureSummary, spreadOf } from "../../report/cells.ts";
import { marksOf } from "../../report/tables.ts";
import type { Run } from "../../result.ts";
import type { CurvePoint } from "./server-panels.ts";

/** What stands at the head of a server's panel. */
export function panelHead(
  run: Run,
  cell: Cell,
): { readonly server: string; readonly ioModel: IoModel; readonly marks: string } {
  const ioModel = run.servers.find(({ name }) => name === cell.arm)?.ioModel ?? "event loop";
  return { server: cell.arm, ioModel, marks: marksOf(cell) };
}

/** Nobody sees more digits than these, and a page need not carry them. */
const digits = 7;

/** A point with as many digits as a picture can show. */
export function placed({ x, y, low, high }: CurvePoint): CurvePoint {
  const rounded = (value: number) => Number(value.toPrecision(digits));
  return {
    x: rounded(x),
    y: rounded(y),
    ...(low === undefined ? {} : { low: rounded(low) }),
    ...(high === undefined ? {} : { high: rounded(high) }),
  };
}

/** The ends of what a figure is shown with; of one trial there are none. */
export function endsOf(summary: FigureSummary): { readonly low?: number; readonly high?: number } {
  return summary.n === 1 ? {} : spreadOf(summary);
}
