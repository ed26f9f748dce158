import { spoken, type Told, toldBy } from "./told.ts";

/** A mark that tells something, and where it is drawn. */
export interface Mark {
  readonly element: Element;
  readonly told: readonly Told[];
}

/** How near to a small mark is near enough, in pixels: dots are smaller than fingertips. */
const reach = 12;
/** What is larger is pointed at directly. */
const largestDot = 28;

/** The mark that an element of a live chart draws, if it tells something. Vega notes the mark at its element. */
function markOf(element: Element): Mark | undefined {
  const item: unknown = Reflect.get(element, "__data__");
  if (typeof item !== "object" || item === null || !("tooltip" in item)) return undefined;
  const told = toldBy(item.tooltip);
  return told === undefined ? undefined : { element, told };
}

function marksIn(place: Element): Mark[] {
  return [...place.querySelectorAll("svg *")].flatMap((element) => markOf(element) ?? []);
}

/** What is pointed at: the mark itself, or the nearest dot within reach. */
export function markAt(place: Element, target: EventTarget | null, x: number, y: number): Mark | undefined {
  const hit = target instanceof Element ? markOf(target) : undefined;
  if (hit !== undefined) return hit;
  const near = marksIn(place).flatMap((mark) => {
    const { left, right, top, bottom } = mark.element.getBoundingClientRect();
    if (right - left > largestDot || bottom - top > largestDot) return [];
    const distance = Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
    return distance > reach ? [] : [{ mark, distance }];
  });
  return near.sort((a, b) => a.distance - b.distance)[0]?.mark;
}

/** What is about servers that the reader does not look at is fainter than this. */
const faint = 0.2;

/**
 * Marks row by row, as one reads, save those that are faded; those that tell the same, such as a dot and its interval,
 * once.
 */
export function marksInOrder(place: Element): Mark[] {
  const rowHeight = 6;
  const plain = marksIn(place).filter(({ element }) => Number(element.getAttribute("opacity") ?? 1) >= faint);
  const placed = plain.map((mark) => {
    const { left, right, top, bottom } = mark.element.getBoundingClientRect();
    return {
      mark,
      row: Math.round((top + bottom) / 2 / rowHeight),
      x: (left + right) / 2,
      area: right - left,
    };
  });
  const seen = new Set<string>();
  return placed
    .sort((a, b) => a.row - b.row || a.x - b.x || a.area - b.area)
    .map(({ mark }) => mark)
    .filter(({ told }) => {
      const text = spoken(told);
      return !seen.has(text) && seen.add(text);
    });
}
