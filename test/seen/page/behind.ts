import type { Contrast } from "../looked-at.ts";
import { type Colour, colourOf, contrastOf, faded, hexOf, painted } from "./colours.ts";
import { placeOf, styleOf } from "./elements.ts";

/** Thinner lines are no ground that letters stand on. */
const leastStroke = 3;

/** A mark that hides at least so much of what is under it. */
const covering = 0.3;

/** Where along a line of text one looks at what is behind it. */
const looks = [0.1, 0.5, 0.9];

export interface Behind {
  readonly contrast?: Contrast;
  readonly coveredBy?: string;
}

/** What is behind a line of text, and over it. */
export function behindOf(element: Element, line: DOMRect): Behind {
  const ground = groundOf(element);
  const drawing = element.closest("text")?.ownerSVGElement ?? undefined;
  const ink = inkColourOf(element);
  const y = (line.top + line.bottom) / 2;
  let least: Contrast | undefined;
  for (const at of looks) {
    const point = { x: line.left + at * line.width, y };
    const { under, over } = drawing === undefined ? none : marksAt(drawing, element, point);
    if (over !== undefined) return { coveredBy: placeOf(over) };
    const paper = under.reduce<Colour | undefined>(
      (below, mark) => (below === undefined ? undefined : painted(mark, below)),
      ground ?? (under.some(([, , , opacity]) => opacity === 1) ? [255, 255, 255, 1] : undefined),
    );
    if (paper === undefined) continue;
    const seen = painted(ink, paper);
    const ratio = contrastOf(seen, paper);
    if (least === undefined || ratio < least.ratio) least = { ratio, ink: hexOf(seen), paper: hexOf(paper) };
  }
  return least === undefined ? {} : { contrast: least };
}

const none: { readonly under: readonly Colour[]; readonly over?: Element } = { under: [] };

/** The colour of the letters, as faint as all that they are in makes them. */
function inkColourOf(element: Element): Colour {
  const { color, fill, fillOpacity } = styleOf(element);
  const colour = element instanceof SVGElement ? faded(colourOf(fill), Number(fillOpacity)) : colourOf(color);
  return faded(colour, opacityOf(element));
}

function opacityOf(element: Element | null): number {
  return element === null ? 1 : Number(styleOf(element).opacity) * opacityOf(element.parentElement);
}

/** The colour of the page there; undefined where it is an image, or nothing that is opaque. */
function groundOf(element: Element): Colour | undefined {
  const layers: Colour[] = [];
  for (let at: Element | null = element; at !== null; at = at.parentElement) {
    const { backgroundColor, backgroundImage } = styleOf(at);
    if (backgroundImage !== "none") return undefined;
    const colour = colourOf(backgroundColor);
    layers.push(colour);
    if (colour[3] === 1) return layers.reduceRight((below, layer) => painted(layer, below));
  }
  return undefined;
}

interface Mark {
  readonly shape: SVGGeometryElement;
  readonly box: DOMRect;
  readonly toOwn: DOMMatrix;
  readonly fill: Colour | undefined;
  readonly stroke: Colour | undefined;
}

const drawings = new Map<SVGSVGElement, readonly Mark[]>();

/** The marks of a drawing that fill a place, in the order in which they are painted. */
function marksOf(drawing: SVGSVGElement): readonly Mark[] {
  const known = drawings.get(drawing);
  if (known !== undefined) return known;
  const marks = [...drawing.querySelectorAll("*")].flatMap((shape): Mark[] => {
    if (!(shape instanceof SVGGeometryElement) || !shape.checkVisibility({ visibilityProperty: true }))
      return [];
    const matrix = shape.getScreenCTM();
    if (matrix === null) return [];
    const style = styleOf(shape);
    const opacity = opacityOf(shape);
    const paint = (css: string, own: string) =>
      css === "none" ? undefined : faded(colourOf(css), Number(own) * opacity);
    const fill = paint(style.fill, style.fillOpacity);
    const isThin = Number.parseFloat(style.strokeWidth) < leastStroke;
    const stroke = isThin ? undefined : paint(style.stroke, style.strokeOpacity);
    const isThere = (fill?.[3] ?? 0) > 0 || (stroke?.[3] ?? 0) > 0;
    return isThere
      ? [{ shape, box: shape.getBoundingClientRect(), toOwn: matrix.inverse(), fill, stroke }]
      : [];
  });
  drawings.set(drawing, marks);
  return marks;
}

function marksAt(
  drawing: SVGSVGElement,
  text: Element,
  { x, y }: { readonly x: number; readonly y: number },
): typeof none {
  const under: Colour[] = [];
  for (const { shape, box, toOwn, fill, stroke } of marksOf(drawing)) {
    const reach = Number.parseFloat(styleOf(shape).strokeWidth) || 0;
    if (x < box.left - reach || x > box.right + reach || y < box.top - reach || y > box.bottom + reach)
      continue;
    const point = new DOMPoint(x, y).matrixTransform(toOwn);
    const colours = [
      ...(fill !== undefined && shape.isPointInFill(point) ? [fill] : []),
      ...(stroke !== undefined && shape.isPointInStroke(point) ? [stroke] : []),
    ];
    if (colours.length === 0) continue;
    const isLater = (text.compareDocumentPosition(shape) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
    if (!isLater) under.push(...colours);
    else if (colours.some(([, , , opacity]) => opacity > covering)) return { under, over: shape };
  }
  return { under };
}
