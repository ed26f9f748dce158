import { formatMs } from "./format.js";
import { ticks } from "./latency.js";
import { shape } from "./svg.js";
import { need } from "./template.js";

/**
 * @import { Clock } from "./clock.js"
 * @import { Recent } from "./latency.js"
 */

const height = 180;
const margin = { top: 12, right: 12, bottom: 26, left: 56 };

/**
 * Latencies as dots, oldest to newest, with the median as a line across.
 *
 * @param {Recent} recent
 * @param {number} limit how many there is room for
 * @param {Clock} clock
 */
export function showLatency(recent, limit, clock) {
  const { values, median, p99 } = recent;
  need("clock").textContent = clockText(clock);
  if (median === undefined || p99 === undefined) return draw([], limit, undefined);
  need("median").textContent = formatMs(median);
  need("p99").textContent = formatMs(p99);
  const count = values.length === 1 ? "the last event" : `the last ${values.length} events`;
  need("latency-of").textContent =
    `Of ${count} that came while connected, so p99 is the slowest: from the server's acceptance to the arrival in this page.`;
  const label = `Latency of ${count}: median ${formatMs(median)}, slowest ${formatMs(p99)}`;
  need("latency-plot").setAttribute("aria-label", label);
  return draw(values, limit, median);
}

/** @param {Clock} clock */
function clockText({ offset: { ms, uncertaintyMs } }) {
  if (!Number.isFinite(uncertaintyMs)) return "";
  const relation = `${formatMs(Math.abs(ms))} ${ms < 0 ? "behind" : "ahead of"} the page's`;
  return `The server's clock is ${relation}, give or take ${formatMs(uncertaintyMs)}.`;
}

/** @param {readonly number[]} values @param {number} limit @param {number | undefined} median */
function draw(values, limit, median) {
  const plot = need("latency-plot");
  const width = plot.clientWidth || 360;
  plot.setAttribute("viewBox", `0 0 ${width} ${height}`);
  const lines = ticks(Math.max(...values, 1));
  const max = lines.at(-1) ?? 1;
  /** @param {number} value */
  const y = (value) => height - margin.bottom - (value / max) * (height - margin.top - margin.bottom);
  /** @param {number} index */
  const x = (index) =>
    margin.left + ((limit - values.length + index + 0.5) / limit) * (width - margin.left - margin.right);
  const right = width - margin.right;
  plot.replaceChildren(
    ...lines.flatMap((value) => [
      shape("line", { class: "grid", x1: margin.left, x2: right, y1: y(value), y2: y(value) }),
      shape("text", { class: "tick", x: margin.left - 8, y: y(value) + 4 }, tickText(value, value === max)),
    ]),
    shape("text", { class: "axis", x: margin.left, y: height - 6 }, `${limit} events ago`),
    shape("text", { class: "axis end", x: right, y: height - 6 }, "newest"),
    ...(median === undefined
      ? []
      : [shape("line", { class: "median", x1: margin.left, x2: right, y1: y(median), y2: y(median) })]),
    ...values.map((value, index) => shape("circle", { class: "dot", cx: x(index), cy: y(value), r: 3.5 })),
  );
}

/** @param {number} value @param {boolean} isTop */
function tickText(value, isTop) {
  return isTop ? `${value} ms` : String(value);
}
