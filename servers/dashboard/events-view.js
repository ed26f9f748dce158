import { announce } from "./announcer.js";
import { formatGap, formatJson, formatTime } from "./format.js";
import { fill, need } from "./template.js";

/**
 * @import { Event as ServiceEvent, Gap } from "../contract.ts"
 */

const eventsShown = 40;
const lineLength = 90;

/** The events that are not about calls, newest first. */
export class EventsView {
  /** Those that are to be drawn yet, oldest first. @type {ServiceEvent[]} */
  #new = [];
  #list = need("events");

  /** @param {ServiceEvent} event */
  add(event) {
    this.#new.push(event);
    if (this.#new.length > eventsShown) this.#new.shift();
  }

  /** Draws what was added, all of it at once. */
  draw() {
    if (this.#new.length === 0) return;
    this.#list.prepend(...this.#new.map(rowOf).reverse());
    this.#new = [];
    while (this.#list.childElementCount > eventsShown) this.#list.lastElementChild?.remove();
    need("no-events").hidden = true;
  }
}

/** @param {ServiceEvent} event */
function rowOf(event) {
  const { root, field } = fill("event-template");
  root.dataset.event = String(event.id);
  field("id").textContent = `#${event.id}`;
  field("type").textContent = event.type;
  field("at").textContent = formatTime(event.at);
  field("at").setAttribute("datetime", new Date(event.at).toISOString());
  field("line").textContent = formatJson(event.data, lineLength);
  // Most are never opened.
  root.querySelector("details")?.addEventListener(
    "toggle",
    () => {
      field("data").textContent = JSON.stringify(event.data, null, 2);
    },
    { once: true },
  );
  return root;
}

/** Says that events are lost, until it is dismissed. @param {Gap} gap */
export function showGap(gap) {
  const { root, field } = fill("gap-template");
  const text = formatGap(gap);
  field("text").textContent = text;
  root.querySelector("button")?.addEventListener("click", () => root.remove());
  need("gaps").append(root);
  announce(`Gap: ${text}`);
}
