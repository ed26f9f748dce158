/** What is wrong with a page that was looked at. Pure. */
import type { Box, Frame, LookedAt, SeenPicture, SeenText } from "./looked-at.ts";

export interface Finding {
  readonly kind:
    | "overlap"
    | "cut"
    | "spilled"
    | "cropped"
    | "small"
    | "faint"
    | "covered"
    | "scrolls sideways"
    | "repeated id";
  /** The texts that it is about; of a picture, its place. */
  readonly what: readonly string[];
  readonly boxes: readonly Box[];
  readonly place: string;
  readonly why: string;
}

export interface Asked {
  /** Letters smaller than this are too small to read, in pixels. */
  readonly leastFontSize: number;
  /** The same within a picture, where that is another. */
  readonly leastInPictures?: number;
  /** Whether all of it has to fit the window, as a slide has to. */
  readonly fitsWindow?: boolean;
}

/** Neighbours may touch, and fonts say where their ink is to about a pixel. */
const tolerance = 1;

/** WCAG 2.2, 1.4.3. */
const leastContrast = { usual: 4.5, large: 3 } as const;

/** Everything that is wrong, in the order of the page. */
export function findingsOf(page: LookedAt, asked: Asked): Finding[] {
  return [
    ...overlaps(page),
    ...page.texts.flatMap((text) => textFindings(text, page, asked)),
    ...page.pictures.flatMap((picture) => cuts(picture, pictureName(picture), page, asked)),
    ...page.cropping.map(({ place, sees, holds }): Finding => {
      const why = `holds ${size(holds)} and shows ${size(sees)}`;
      return { kind: "cropped", what: [], boxes: [], place, why };
    }),
    ...sideways(page),
    ...page.repeatedIds.map((id): Finding => {
      return { kind: "repeated id", what: [id], boxes: [], place: `#${id}`, why: "links lead to the first" };
    }),
  ];
}

/** `overlap: “one” and “two” lie over each other at #a [0,0 to 9,9; 5,5 to 14,14]`. */
export function findingText({ kind, what, boxes, place, why }: Finding): string {
  const quoted = what.map((text) => `“${text}”`).join(" and ");
  const where = boxes.length === 0 ? "" : ` [${boxes.map(boxText).join("; ")}]`;
  return [`${kind}:`, quoted, why, `at ${place}`].filter((part) => part !== "").join(" ") + where;
}

/** Of one kind and for one reason, so many are told: more are hard to read, and most often have one cause. */
const toldAlike = 3;

/** All of them in lines, for the message of a test that fails. */
export function findingLines(findings: readonly Finding[]): string[] {
  const alike = new Map<string, Finding[]>();
  for (const finding of findings) {
    const key = `${finding.kind}: ${finding.why}`;
    alike.set(key, [...(alike.get(key) ?? []), finding]);
  }
  return [...alike].flatMap(([key, found]) => {
    const left = found.length - toldAlike;
    return [...found.slice(0, toldAlike).map(findingText), ...(left > 0 ? [`${key}: ${left} more`] : [])];
  });
}

/** A text, or a picture, as what may lie over another. */
interface Piece {
  readonly name: string;
  readonly box: Box;
  readonly place: string;
  readonly picture?: number;
  readonly within: readonly number[];
}

function overlaps({ texts, pictures }: LookedAt): Finding[] {
  const pieces: Piece[] = [
    ...texts.map(({ text, box, visible = box, place, within }) => ({
      ...{ name: text, box: visible, place, within },
    })),
    ...pictures.map((picture, index) => ({
      ...{ name: pictureName(picture), box: picture.visible ?? picture.box, place: picture.place },
      ...{ picture: index, within: picture.within },
    })),
  ].filter(({ box }) => !isEmpty(box));
  const inOrder = pieces.toSorted((a, b) => a.box.top - b.box.top);
  const found: Finding[] = [];
  let open: Piece[] = [];
  for (const piece of inOrder) {
    open = open.filter(({ box }) => box.bottom > piece.box.top + tolerance);
    for (const other of open) {
      if (!overlap(piece.box, other.box) || areOne(piece, other)) continue;
      found.push({
        kind: "overlap",
        what: [other.name, piece.name],
        boxes: [other.box, piece.box],
        place: other.place === piece.place ? piece.place : `${other.place} and ${piece.place}`,
        why: "lie over each other",
      });
    }
    open.push(piece);
  }
  return found;
}

/** Whether the one is a part of the other, or the same text drawn twice at one place, as for a rim around its letters. */
function areOne(one: Piece, other: Piece): boolean {
  if (one.picture !== undefined && other.within.includes(one.picture)) return true;
  if (other.picture !== undefined && one.within.includes(other.picture)) return true;
  return one.name === other.name && isSameBox(one.box, other.box);
}

function textFindings(seen: SeenText, page: LookedAt, asked: Asked): Finding[] {
  const { text, box, place, fontSize, large, plate, contrast, coveredBy } = seen;
  const { leastFontSize, leastInPictures = leastFontSize } = asked;
  const leastSize = seen.within.length === 0 ? leastFontSize : leastInPictures;
  const finding = (kind: Finding["kind"], why: string, ...more: Box[]): Finding => {
    return { kind, what: [text], boxes: [box, ...more], place, why };
  };
  const wanted = large ? leastContrast.large : leastContrast.usual;
  return [
    ...cuts(seen, text, page, asked),
    ...(plate === undefined || isWithin(box, plate.box)
      ? []
      : [finding("spilled", `out of ${plate.place}`, plate.box)]),
    ...(fontSize >= leastSize - 0.01
      ? []
      : [finding("small", `${fontSize.toFixed(1)} px, where ${leastSize} px are the least`)]),
    ...(contrast === undefined || contrast.ratio >= wanted - 0.005
      ? []
      : [
          finding(
            "faint",
            `${contrast.ink} on ${contrast.paper}: ${contrast.ratio.toFixed(2)} to 1, where ${wanted} to 1 is the least`,
          ),
        ]),
    ...(coveredBy === undefined ? [] : [finding("covered", `by ${coveredBy}`)]),
  ];
}

/** The first of its frames that hides a part of it; the window is one where all has to fit it. */
function cuts(
  { box, place, frames }: Pick<SeenPicture, "box" | "place" | "frames">,
  name: string,
  { window }: LookedAt,
  { fitsWindow = false }: Pick<Asked, "fitsWindow">,
): Finding[] {
  const all: Frame[] = fitsWindow
    ? [
        ...frames,
        { place: "the window", box: { left: 0, top: 0, right: window.width, bottom: window.height } },
      ]
    : [...frames];
  const frame = all.find((candidate) => !isWithin(box, candidate.box));
  if (frame === undefined) return [];
  return [{ kind: "cut", what: [name], boxes: [box, frame.box], place, why: `by ${frame.place}` }];
}

function sideways({ window, pageWidth, widest }: LookedAt): Finding[] {
  if (pageWidth <= window.width) return [];
  const why = `the page is ${pageWidth} px wide in a window of ${window.width}`;
  return [{ kind: "scrolls sideways", what: [], boxes: [], place: widest, why }];
}

function pictureName({ place }: SeenPicture): string {
  return `picture ${place}`;
}

function overlap(one: Box, other: Box): boolean {
  return (
    Math.min(one.right, other.right) - Math.max(one.left, other.left) > tolerance &&
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top) > tolerance
  );
}

function isWithin(box: Box, { left, top, right, bottom }: Box): boolean {
  return (
    box.left >= left - tolerance &&
    box.top >= top - tolerance &&
    box.right <= right + tolerance &&
    box.bottom <= bottom + tolerance
  );
}

function isSameBox(one: Box, other: Box): boolean {
  return isWithin(one, other) && isWithin(other, one);
}

function isEmpty({ left, top, right, bottom }: Box): boolean {
  return right <= left || bottom <= top;
}

function boxText({ left, top, right, bottom }: Box): string {
  return `${[left, top].map(Math.round).join(",")} to ${[right, bottom].map(Math.round).join(",")}`;
}

function size({ width, height }: { readonly width: number; readonly height: number }): string {
  return `${Math.round(width)} × ${Math.round(height)} px`;
}
