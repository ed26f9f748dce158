import { formatGap, formatJson } from "./format.js";
import { fill, need } from "./template.js";

/**
 * @import { Event as ServiceEvent, Gap } from "../contract.ts"
 */

const eventsShown = 40;
const lineLength = 90;

/** The events that are not about calls, newest first. @param {ServiceEvent} event */
export function showEvent(event) {
  const { root, field } = fill("event-template");
  root.dataset.event = String(event.id);
  field("id").textContent = `#${event.id}`;
  field("type").textContent = event.type;
  const at = new Date(event.at);
  field("at").textContent = at.toLocaleTimeString();
  field("at").setAttribute("datetime", at.toISOString());
  field("line").textContent = formatJson(event.data, lineLength);
  field("data").textContent = JSON.stringify(event.data, null, 2);
  const list = need("events");
  list.prepend(root);
  while (list.childElementCount > eventsShown) list.lastElementChild?.remove();
  need("no-events").hidden = true;
}

/** Says that events are lost, until it is dismissed. @param {Gap} gap */
export function showGap(gap) {
  const { root, field } = fill("gap-template");
  field("text").textContent = formatGap(gap);
  root.querySelector("button")?.addEventListener("click", () => root.remove());
  need("gaps").append(root);
}
