import type { Box } from "../looked-at.ts";
import { styleOf } from "./elements.ts";

const pen = document.createElement("canvas").getContext("2d");
const measured = new Map<string, TextMetrics>();

function measure(font: string, text: string): TextMetrics | undefined {
  const key = `${font}\n${text}`;
  const known = measured.get(key);
  if (known !== undefined || pen === null) return known;
  pen.font = font;
  const metrics = pen.measureText(text);
  measured.set(key, metrics);
  return metrics;
}

export interface Ink {
  readonly box: Box;
  /** As it is seen, after all scaling. */
  readonly fontSize: number;
  /** WCAG 2.2: 24 px, or 18.66 px and bold. */
  readonly large: boolean;
}

/**
 * Where the letters of one line are: of its box, which has the height of the font, the part between the highest and the
 * lowest ink of these letters.
 */
export function inkOf(element: Element, text: string, line: DOMRect): Ink {
  const { fontStyle, fontWeight, fontSize, fontFamily, textTransform } = styleOf(element);
  const shown = textTransform === "uppercase" ? text.toUpperCase() : text;
  const metrics = measure(`${fontStyle} ${fontWeight} ${fontSize} ${fontFamily}`, shown);
  const matrix = element instanceof SVGGraphicsElement ? element.getScreenCTM() : null;
  const height = metrics && metrics.fontBoundingBoxAscent + metrics.fontBoundingBoxDescent;
  // Along the axes, or nearly so: text that is turned has no line whose top is its letters'.
  const isUpright = matrix === null || Math.abs(matrix.b) < 0.01 * Math.abs(matrix.a);
  const scale =
    matrix !== null
      ? Math.sqrt(Math.abs(matrix.a * matrix.d - matrix.b * matrix.c))
      : height === undefined || height === 0
        ? 1
        : line.height / height;
  const size = Number.parseFloat(fontSize) * scale;
  const large = size >= 24 || (size >= 18.66 && Number(fontWeight) >= 700);
  if (!isUpright || metrics === undefined || height === undefined || height === 0)
    return { box: line, fontSize: size, large };
  const perUnit = line.height / height;
  const base = line.top + metrics.fontBoundingBoxAscent * perUnit;
  return {
    box: {
      ...{ left: line.left, right: line.right },
      top: base - metrics.actualBoundingBoxAscent * perUnit,
      bottom: base + metrics.actualBoundingBoxDescent * perUnit,
    },
    fontSize: size,
    large,
  };
}
