import { formatMs, formatTime, formatType } from "./format.js";
import { ticks } from "./latency.js";
import { lengthOf, startOf } from "./race.js";
import { shape } from "./svg.js";
import { fill, need } from "./template.js";

/**
 * @import { Race } from "./race.js"
 */

const rowHeight = 22;
const axisHeight = 20;
/** Room for the names of servers, by their letters, and behind the longest bar for its latency. */
const letterWidth = 7.8;
const rightMargin = 68;
const tickWidth = 40;

/**
 * Each webhook as a strip: a row for each server, a bar from acceptance to arrival.
 * Each has a scale of its own: one slow webhook would make all others look alike.
 *
 * @param {readonly Race[]} races newest first
 * @param {readonly string[]} servers in the order of the rows
 */
export function showRaces(races, servers) {
  need("no-races").hidden = races.length > 0;
  need("earlier").hidden = races.length < 2;
  const width = need("latest").clientWidth || 360;
  const strips = races.map((race) => {
    const { root, field } = fill("race-template");
    field("type").textContent = formatType(race.event);
    field("at").textContent = formatTime(race.event.at);
    root.append(strip(race, servers, width));
    return root;
  });
  need("latest").replaceChildren(...strips.slice(0, 1));
  need("races").replaceChildren(...strips.slice(1));
}

/** @param {Race} race @param {readonly string[]} servers @param {number} width */
function strip(race, servers, width) {
  const start = startOf(race);
  const bottom = servers.length * rowHeight;
  const lines = ticks(lengthOf(race));
  const max = lines.at(-1) ?? 1;
  const left = 14 + letterWidth * Math.max(...servers.map(({ length }) => length));
  /** @param {number} ms */
  const x = (ms) => left + (ms / max) * (width - left - rightMargin);
  const rows = servers.flatMap((server, index) => {
    const y = (index + 0.5) * rowHeight;
    const name = shape("text", { class: "name", x: left - 10, y: y + 4 }, server);
    const runner = race.runners.get(server);
    if (runner === undefined) return [name, shape("text", { class: "ms", x: x(0) + 8, y: y + 4 }, "…")];
    const from = x(Math.max(0, runner.acceptedMs - start));
    const to = x(Math.max(0, runner.arrivedMs - start));
    const latency = Math.max(0, runner.arrivedMs - runner.acceptedMs);
    return [
      name,
      shape("line", { class: "bar", x1: from, x2: to, y1: y, y2: y }),
      shape("circle", { class: "arrival", cx: to, cy: y, r: 5 }),
      shape("text", { class: "ms", x: to + 10, y: y + 4 }, formatMs(latency)),
    ];
  });
  // On a phone there is no room for all of them.
  const every = Math.ceil(tickWidth / Math.max(1, x(max) - x(max - (lines[1] ?? max))));
  const axis = lines.flatMap((ms, index) => [
    shape("line", { class: "grid", x1: x(ms), x2: x(ms), y1: 0, y2: bottom }),
    ...(index % every === 0 ? [shape("text", { class: "tick", x: x(ms), y: bottom + 15 }, String(ms))] : []),
  ]);
  const unit = shape("text", { class: "unit", x: width - 4, y: bottom + 15 }, "ms");
  const picture = shape("svg", {
    class: "strip",
    role: "img",
    "aria-label": labelOf(race, servers),
    viewBox: `0 0 ${width} ${bottom + axisHeight}`,
    height: bottom + axisHeight,
  });
  picture.append(...axis, unit, ...rows);
  return picture;
}

/** @param {Race} race @param {readonly string[]} servers */
function labelOf({ event, runners }, servers) {
  const arrivals = servers.map((server) => {
    const runner = runners.get(server);
    return `${server} ${runner ? formatMs(Math.max(0, runner.arrivedMs - runner.acceptedMs)) : "not yet"}`;
  });
  return `${formatType(event)}: ${arrivals.join(", ")}`;
}
