import type { Box, Frame } from "../looked-at.ts";
import { everything, intersection, onPage } from "./boxes.ts";

const styles = new Map<Element, CSSStyleDeclaration>();

/** Read once: nothing changes during a look. */
export function styleOf(element: Element): CSSStyleDeclaration {
  const known = styles.get(element);
  if (known !== undefined) return known;
  const style = getComputedStyle(element);
  styles.set(element, style);
  return style;
}

/** A path to the element, from the nearest that has an id. */
export function placeOf(element: Element): string {
  const path: string[] = [];
  for (let at: Element | null = element; at !== null && at !== document.body; at = at.parentElement) {
    const classes = [...at.classList].slice(0, 2).map((name) => `.${name}`);
    path.unshift(at.id === "" ? `${at.tagName.toLowerCase()}${classes.join("")}` : `#${at.id}`);
    if (at.id !== "" || path.length === 5) break;
  }
  return path.join(" > ");
}

/** Nothing of these is ever shown as it stands. */
const never = "script, style, template, noscript, title, desc, metadata, option";

export function isSeen(element: Element): boolean {
  if (element.closest(never) !== null) return false;
  if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return false;
  return !isForReadersAlone(element);
}

const readersAlone = new Map<Element, boolean>();

/** Whether it is kept out of sight in one of the ways that leave it to those who have the page read to them. */
function isForReadersAlone(element: Element): boolean {
  const known = readersAlone.get(element);
  if (known !== undefined) return known;
  const { clip, clipPath, overflowX, position } = styleOf(element);
  const isTiny = element.clientWidth <= 1 && element.clientHeight <= 1;
  const parent = element.parentElement;
  const is =
    (position === "absolute" && clip.startsWith("rect(")) ||
    clipPath.startsWith("inset(50%") ||
    (isTiny && hides(overflowX) && element instanceof HTMLElement) ||
    (parent !== null && isForReadersAlone(parent));
  readersAlone.set(element, is);
  return is;
}

export function hides(overflow: string): boolean {
  return overflow === "hidden" || overflow === "clip";
}

export function scrolls(overflow: string): boolean {
  return overflow === "auto" || overflow === "scroll";
}

/** What is around the content of an element. */
export interface Around {
  /** Each hides what is not within it, and there is no scrolling to it. */
  readonly frames: readonly Frame[];
  /** What all of them, and what scrolls, show now. */
  readonly visible: Box;
}

const arounds = new Map<Element, Around>();
const nothing: Around = { frames: [], visible: everything };

export function aroundOf(element: Element | null): Around {
  // What these two hide, the window hides.
  if (element === null || element === document.body || element === document.documentElement) return nothing;
  const known = arounds.get(element);
  if (known !== undefined) return known;
  const around = lookAround(element);
  arounds.set(element, around);
  return around;
}

function lookAround(element: Element): Around {
  const { overflowX, overflowY } = styleOf(element);
  const outer = aroundOf(containerOf(element));
  const inside = onPage(insideOf(element));
  const part = (isPart: (overflow: string) => boolean): Box => ({
    ...(isPart(overflowX) ? { left: inside.left, right: inside.right } : sides(everything, "across")),
    ...(isPart(overflowY) ? { top: inside.top, bottom: inside.bottom } : sides(everything, "down")),
  });
  const hidden = hides(overflowX) || hides(overflowY);
  const scrolled = scrolls(overflowX) || scrolls(overflowY);
  if (!hidden && !scrolled) return outer;
  const own = hidden ? [{ box: part(hides), place: placeOf(element) }] : [];
  return {
    // Whoever scrolls here sees it, whatever is further out.
    frames: scrolled ? own : [...own, ...outer.frames],
    visible: intersection(
      outer.visible,
      part((overflow) => hides(overflow) || scrolls(overflow)),
    ),
  };
}

function sides(box: Box, which: "across"): Pick<Box, "left" | "right">;
function sides(box: Box, which: "down"): Pick<Box, "top" | "bottom">;
function sides({ left, top, right, bottom }: Box, which: "across" | "down") {
  return which === "across" ? { left, right } : { top, bottom };
}

/** What the element is laid out in. */
function containerOf(element: Element): Element | null {
  const { position } = styleOf(element);
  if (position === "fixed") return null;
  return position === "absolute" && element instanceof HTMLElement
    ? element.offsetParent
    : element.parentElement;
}

/** Without borders and scroll bars. */
function insideOf(element: Element): Box {
  const box = element.getBoundingClientRect();
  if (!(element instanceof HTMLElement) || element.offsetWidth === 0) return box;
  const scale = box.width / element.offsetWidth;
  const [left, top] = [box.left + element.clientLeft * scale, box.top + element.clientTop * scale];
  return {
    ...{ left, right: left + element.clientWidth * scale },
    ...{ top, bottom: top + element.clientHeight * scale },
  };
}

/** The nearest element around it that has a colour or an edge of its own; none where it scrolls in between. */
export function plateOf(element: Element): Frame | undefined {
  for (let at: Element | null = element; at !== null && at !== document.body; at = at.parentElement) {
    const style = styleOf(at);
    if (scrolls(style.overflowX) || at instanceof SVGElement) return undefined;
    const edged = [
      style.borderTopWidth,
      style.borderRightWidth,
      style.borderBottomWidth,
      style.borderLeftWidth,
    ];
    const isPlate = style.backgroundColor !== "rgba(0, 0, 0, 0)" || edged.some((width) => width !== "0px");
    if (isPlate) return { box: onPage(at.getBoundingClientRect()), place: placeOf(at) };
  }
  return undefined;
}
