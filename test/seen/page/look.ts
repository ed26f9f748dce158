import { type Asked, findingLines, findingsOf } from "../findings.ts";
import type { Box, Cropping, LookedAt, SeenPicture, SeenText } from "../looked-at.ts";
import { behindOf } from "./behind.ts";
import { contains, intersection, onPage } from "./boxes.ts";
import { aroundOf, hides, isSeen, placeOf, plateOf, styleOf } from "./elements.ts";
import { inkOf } from "./ink.ts";

const html = document.documentElement;

/** Looks at all that the page shows now. */
export function lookAtPage(): LookedAt {
  const pictures = picturesOf(document.body);
  return {
    window: { width: html.clientWidth, height: html.clientHeight },
    pageWidth: html.scrollWidth,
    widest: html.scrollWidth > html.clientWidth ? widest() : "",
    texts: textsOf(document.body, pictures),
    pictures: pictures.map((element) => pictureOf(element, pictures)),
    cropping: croppingOf(document.body),
    repeatedIds: repeatedIds(),
  };
}

/** What is wrong with it, in lines: a page comes to megabytes, which take longer to hand over than to look at. */
export function faultsOfPage(asked: Asked): string[] {
  return findingLines(findingsOf(lookAtPage(), asked));
}

function textsOf(root: Element, pictures: readonly Element[]): SeenText[] {
  const texts: SeenText[] = [];
  const nodes = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let node = nodes.nextNode(); node !== null; node = nodes.nextNode()) {
    const [element, data] = [node.parentElement, node.nodeValue ?? ""];
    const text = data.trim();
    if (element === null || text === "" || !isSeen(element)) continue;
    const start = data.indexOf(text);
    range.setStart(node, start);
    range.setEnd(node, start + text.length);
    const { frames, visible } = aroundOf(element);
    const plate = plateOf(element);
    for (const line of range.getClientRects()) {
      const { box: ink, fontSize, large } = inkOf(element, text, line);
      const box = onPage(ink);
      // Nobody comes to what lies before the beginning of the page: it waits there for the keyboard.
      if (line.width === 0 || box.right <= 0 || box.bottom <= 0) continue;
      texts.push({
        text: text.length > 80 ? `${text.slice(0, 79)}…` : text,
        ...{ box, place: placeOf(element), fontSize, large, frames },
        ...(contains(visible, box) ? {} : { visible: intersection(visible, box) }),
        ...(plate === undefined ? {} : { plate }),
        ...behindOf(element, line),
        within: indexesAround(element, pictures),
      });
    }
  }
  return texts;
}

/** Smaller ones are signs among the letters. */
const leastPicture = 24;

function picturesOf(root: Element): Element[] {
  return [...root.querySelectorAll("svg, img, canvas, video, iframe, object, embed")].filter((element) => {
    const { width, height } = element.getBoundingClientRect();
    const isPart = element.parentElement?.closest("svg, object") != null;
    return !isPart && width >= leastPicture && height >= leastPicture && isSeen(element);
  });
}

function pictureOf(element: Element, pictures: readonly Element[]): SeenPicture {
  const box = onPage(element.getBoundingClientRect());
  const { frames, visible } = aroundOf(element.parentElement);
  return {
    ...{ box, place: placeOf(element), frames },
    ...(contains(visible, box) ? {} : { visible: intersection(visible, box) }),
    within: indexesAround(element.parentElement, pictures),
  };
}

function indexesAround(element: Element | null, pictures: readonly Element[]): number[] {
  return pictures.flatMap((picture, index) => (element !== null && picture.contains(element) ? [index] : []));
}

function croppingOf(root: Element): Cropping[] {
  return [...root.querySelectorAll("*")].flatMap((element): Cropping[] => {
    if (!(element instanceof HTMLElement)) return [];
    const { overflowX, overflowY } = styleOf(element);
    const { clientWidth, clientHeight, scrollWidth, scrollHeight } = element;
    const crops =
      (hides(overflowX) && scrollWidth > clientWidth + 1) ||
      (hides(overflowY) && scrollHeight > clientHeight + 1);
    if (!crops || !isSeen(element) || !holdsMore(element)) return [];
    const sees = { width: clientWidth, height: clientHeight };
    return [{ place: placeOf(element), sees, holds: { width: scrollWidth, height: scrollHeight } }];
  });
}

/** Whether anything that could be seen lies further out; what waits hidden there does no harm. */
function holdsMore(element: Element): boolean {
  const { visible } = aroundOf(element);
  const shown: Box = {
    left: visible.left - 1,
    top: visible.top - 1,
    right: visible.right + 1,
    bottom: visible.bottom + 1,
  };
  return [...element.querySelectorAll("*")].some((part) => {
    const box = onPage(part.getBoundingClientRect());
    return box.right > box.left && box.bottom > box.top && !contains(shown, box) && isSeen(part);
  });
}

function widest(): string {
  let [place, right] = ["", html.clientWidth];
  for (const element of document.body.querySelectorAll("*")) {
    const box = intersection(
      onPage(element.getBoundingClientRect()),
      aroundOf(element.parentElement).visible,
    );
    if (box.right <= right) continue;
    [place, right] = [placeOf(element), box.right];
  }
  return place;
}

function repeatedIds(): string[] {
  const [once, again] = [new Set<string>(), new Set<string>()];
  for (const { id } of document.querySelectorAll("[id]")) (once.has(id) ? again : once).add(id);
  return [...again];
}
