/**
 * Shows one moment of the slide: a year, as it was or with a cycle made a second. No module: a browser loads none from
 * disk.
 */

/** @import { LatencyData } from "./slide.ts" */
/** @import { Row } from "./moments.ts" */

for (const slide of document.querySelectorAll(".latency")) follow(slide);

/** @param {Element} slide */
function follow(slide) {
  const need = needIn(slide);
  /** @type {LatencyData} */
  const { moments } = JSON.parse(need(".latency-data", HTMLScriptElement).text);
  const slider = need(".latency-slider", HTMLInputElement);
  const scale = need(".latency-scale", HTMLInputElement);
  const rows = [...slide.querySelectorAll("tbody tr")];

  function show() {
    const moment = moments.find(({ year }) => String(year) === slider.value);
    if (moment === undefined) throw new Error(`expected a year of the slide, got ${slider.value}`);
    need(".latency", HTMLElement).dataset.scale = scale.checked ? "cycles" : "real";
    need(".latency-year", HTMLElement).textContent = slider.value;
    need(".latency-cycle", HTMLElement).textContent = moment.cycle;
    for (const tick of slide.querySelectorAll("[data-shift]")) {
      if (!(tick instanceof HTMLElement)) continue;
      const at = moment.cycleAt + Number(tick.dataset.shift);
      tick.style.left = `${at}%`;
      tick.hidden = at > 100;
    }
    rows.forEach((row, i) => {
      const shown = moment.rows[i];
      if (shown !== undefined) showRow(row, shown, moment.cycleAt);
    });
  }

  slider.addEventListener("input", show);
  scale.addEventListener("change", show);
  for (const control of [slider, scale]) control.addEventListener("keydown", keepFromDeck);
  show();
}

/** @param {Element} element @param {Row} row @param {number} cycleAt */
function showRow(element, row, cycleAt) {
  const need = needIn(element);
  const { kind, at, low, high } = row;
  need("tr", HTMLElement).dataset.kind = kind;
  const mark = need(".latency-mark", HTMLElement);
  mark.dataset.kind = kind;
  mark.style.left = `${at ?? 0}%`;
  need(".latency-once", HTMLElement).style.left = `${cycleAt}%`;
  stretch(need(".latency-bar", HTMLElement), at === undefined ? undefined : [cycleAt, at]);
  stretch(
    need(".latency-whisker", HTMLElement),
    low === undefined || high === undefined ? undefined : [low, high],
  );
  need("td.latency-real", HTMLElement).textContent = row.real;
  need("td.latency-scaled", HTMLElement).textContent = row.scaled;
  need(".latency-note", HTMLElement).textContent = row.note;
}

/** @param {HTMLElement} element @param {readonly [number, number] | undefined} ends in percent of the axis */
function stretch(element, ends) {
  element.hidden = ends === undefined;
  if (ends === undefined) return;
  element.style.left = `${Math.min(...ends)}%`;
  element.style.width = `${Math.abs(ends[0] - ends[1])}%`;
}

/**
 * What is pressed here is meant for here: arrows move the year and turn no slide. Escape gives the keys back to the
 * deck.
 *
 * @param {Event} event
 */
function keepFromDeck(event) {
  if (!(event instanceof KeyboardEvent)) return;
  event.stopPropagation();
  if (event.key === "Escape" && event.target instanceof HTMLElement) event.target.blur();
}

/**
 * What finds an element that has to be there: the root itself, or in it.
 *
 * @param {Element} root
 */
function needIn(root) {
  /**
   * @template {Element} T
   * @param {string} selector
   * @param {new () => T} type
   * @returns {T}
   */
  function need(selector, type) {
    const found = root.matches(selector) ? root : root.querySelector(selector);
    if (found instanceof type) return found;
    throw new Error(`expected ${selector} in the slide, got ${found?.tagName ?? "nothing"}`);
  }
  return need;
}
