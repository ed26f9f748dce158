/**
 * What is in a `<template>` of the page, and its parts by the name in their `data-field`. Text goes in by
 * `textContent` alone: what senders wrote is never read as markup.
 *
 * @param {string} id
 */
export function fill(id) {
  const template = need(id);
  if (!(template instanceof HTMLTemplateElement)) throw new Error(`expected #${id} to be a template`);
  const root = template.content.firstElementChild?.cloneNode(true);
  if (!(root instanceof HTMLElement)) throw new Error(`expected #${id} to hold an element`);
  /** @param {string} name */
  const field = (name) => {
    const found = root.querySelector(`[data-field="${name}"]`);
    if (!(found instanceof HTMLElement)) throw new Error(`expected a field "${name}" in #${id}`);
    return found;
  };
  return { root, field };
}

/** The element of that id, which the page must have. @param {string} id */
export function need(id) {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`expected an element #${id} in the page`);
  return element;
}

/** Faster than this nobody reads, while the browser works for each. */
const betweenDrawingsMs = 250;

/**
 * Has `draw` run before the page is shown next, once, however often it is asked for; after that, a few times a second,
 * and always a last time. A page that is hidden is not shown, but must be up to date when it is looked at again.
 *
 * @param {() => void} draw
 */
export function drawSoon(draw) {
  let isAsked = false;
  let drawnAtMs = -betweenDrawingsMs;
  return () => {
    if (isAsked) return;
    isAsked = true;
    const run = () => {
      isAsked = false;
      drawnAtMs = performance.now();
      draw();
    };
    const restMs = drawnAtMs + betweenDrawingsMs - performance.now();
    if (restMs > 0 || document.hidden) setTimeout(run, restMs);
    else requestAnimationFrame(run);
  };
}
