import { wide } from "./filter.ts";

/** Marks in the contents where the reader is, and unfolds them where they have room. */
export function followReader(nav: HTMLElement): void {
  if (wide.matches) for (const part of nav.querySelectorAll("details")) part.open = true;
  const entries = [...nav.querySelectorAll("a")].flatMap((link) => {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    return heading === null ? [] : [{ link, heading }];
  });
  let marked: HTMLAnchorElement | undefined;
  const mark = () => {
    // In the upper third of the window, where one reads.
    const here = entries.findLast(({ heading }) => heading.getBoundingClientRect().top < innerHeight / 3);
    if (here?.link === marked) return;
    marked?.removeAttribute("aria-current");
    marked = here?.link;
    marked?.setAttribute("aria-current", "location");
    if (marked !== undefined) bringIntoView(marked);
  };
  let waiting = false;
  addEventListener(
    "scroll",
    () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => {
        waiting = false;
        mark();
      });
    },
    { passive: true },
  );
  mark();
}

/** Scrolls what stands beside the page, and never the page. */
function bringIntoView(link: HTMLElement): void {
  const side = link.closest(".side");
  if (side === null || !wide.matches) return;
  const [outer, inner] = [side.getBoundingClientRect(), link.getBoundingClientRect()];
  const margin = 40;
  if (inner.top < outer.top + margin) side.scrollTop += inner.top - outer.top - margin;
  if (inner.bottom > outer.bottom - margin) side.scrollTop += inner.bottom - outer.bottom + margin;
}
