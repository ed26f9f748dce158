import { focused } from "./focus.ts";
import { gridLine, ink, noticeInk, paper, softInk } from "./palette.ts";
import { headHeight, lineHeight, panelHeight, panelWidth } from "./panel-size.ts";
import type { PanelPlace } from "./panel-view.ts";
import type { ServerPanel } from "./server-panels.ts";
import { fitLines } from "./text-width.ts";

const nameSize = 12;
const textSize = 10;

interface HeadLine {
  readonly text: string;
  readonly colour: string;
}

/** What stands above a panel: all that is said of the server in words, so that no text lies on a curve. */
export function headLines({ server, ioModel, marks, facts, notices }: ServerPanel): HeadLine[] {
  const fitted = (text: string, colour: string) =>
    fitLines(text, textSize, panelWidth).map((line) => ({ text: line, colour }));
  return [
    { text: `${server}${marks}`, colour: ink },
    { text: ioModel, colour: softInk },
    ...facts.flatMap((fact) => fitted(fact, softInk)),
    ...notices.flatMap((notice) => fitted(notice, noticeInk)),
  ];
}

/** Words in a frame, where there would be a hole. */
export function messageLayers(server: string, message: string) {
  const padding = 8;
  const most = Math.floor((panelHeight - 2 * padding) / lineHeight);
  const lines = fitLines(message, textSize, panelWidth - 2 * padding);
  const shown = lines.length > most ? [...lines.slice(0, most - 1), `${lines[most - 1]} …`] : lines;
  return [
    {
      data: { values: [{ server }] },
      mark: { type: "rect" as const, fill: paper, stroke: gridLine },
      encoding: {
        x: { value: 0 },
        x2: { value: panelWidth },
        y: { value: 0 },
        y2: { value: panelHeight },
        opacity: focused(),
      },
    },
    textLayer(
      shown.map((text, i) => ({ server, text, colour: noticeInk, y: padding + 6 + i * lineHeight })),
      { x: padding, fontSize: textSize, fontStyle: "italic" },
    ),
  ];
}

/** The lines above a panel, from the same height in every panel of a row. */
export function headLayers(panel: ServerPanel, { lines, hasEdge }: PanelPlace) {
  const [name, ...others] = headLines(panel).map((line, i) => ({
    server: panel.server,
    ...line,
    y: i * lineHeight - headHeight(lines, hasEdge) + lineHeight / 2,
  }));
  return [
    textLayer(name === undefined ? [] : [name], { x: 0, fontSize: nameSize, fontWeight: 600 }),
    textLayer(others, { x: 0, fontSize: textSize }),
  ];
}

interface TextRow extends HeadLine {
  readonly server: string;
  readonly y: number;
}

function textLayer(
  rows: readonly TextRow[],
  look: {
    readonly x: number;
    readonly fontSize: number;
    readonly fontWeight?: 600;
    readonly fontStyle?: "italic";
  },
) {
  const { x, ...font } = look;
  return {
    data: { values: [...rows] },
    mark: { type: "text" as const, align: "left" as const, ...font },
    encoding: {
      x: { value: x },
      y: { field: "y", type: "quantitative" as const, scale: null, axis: null },
      text: { field: "text" },
      color: { field: "colour", type: "nominal" as const, scale: null, legend: null },
      opacity: focused(),
    },
  };
}
