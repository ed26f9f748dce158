import type { Box } from "../looked-at.ts";

/** Beyond any page: the side of a box that has none. */
const far = 1e7;

export const everything: Box = { left: -far, top: -far, right: far, bottom: far };

// Read once: each reading has the browser see whether the page is laid out, and nothing moves during a look.
const [right, down] = [scrollX, scrollY];

/** From the window's coordinates, which change as the page is scrolled, to the page's own. */
export function onPage(box: Box): Box {
  return { left: box.left + right, top: box.top + down, right: box.right + right, bottom: box.bottom + down };
}

export function intersection(one: Box, other: Box): Box {
  return {
    left: Math.max(one.left, other.left),
    top: Math.max(one.top, other.top),
    right: Math.min(one.right, other.right),
    bottom: Math.min(one.bottom, other.bottom),
  };
}

export function contains(outer: Box, inner: Box): boolean {
  return (
    outer.left <= inner.left &&
    outer.top <= inner.top &&
    outer.right >= inner.right &&
    outer.bottom >= inner.bottom
  );
}
