import { announce } from "./announcer.js";
import { transports } from "./connect/connect.js";
import { formatMs, formatState } from "./format.js";
import { Recent } from "./latency.js";
import { fill, need } from "./template.js";

/**
 * @import { Event as ServiceEvent } from "../contract.ts"
 * @import { State } from "./connect/connection.js"
 * @import { About } from "./server-json.js"
 */

const arrivalsShown = 12;
const latenciesKept = 60;

/** One server on the page that compares: what it is, how it fares, what came from it. */
export class Column {
  name = "";
  #template = fill("column-template");
  #recent = new Recent(latenciesKept);
  #root = this.#template.root;

  /** Whether it is tried to come back to it. */
  get isLost() {
    return this.#root.dataset.connection === "reconnecting";
  }

  /** @param {string} origin */
  constructor(origin) {
    this.name = new URL(origin).host;
    this.#template.field("name").textContent = this.name;
    need("columns").append(this.#root);
  }

  /** @param {About} about */
  showServer({ name, ioModel, transport }) {
    this.name = name;
    const { field } = this.#template;
    this.#root.dataset.server = name;
    this.#root.dataset.transport = transport;
    field("name").textContent = name;
    field("transport").textContent = transports[transport].name;
    field("io-model").textContent = ioModel;
    field("how").textContent = transports[transport].how;
  }

  /** @param {State} state */
  showState(state) {
    const { name, word, reason } = formatState(state);
    const was = this.#root.dataset.connection;
    this.#root.dataset.connection = name;
    this.#template.field("state").textContent = word;
    this.#template.field("reason").textContent = reason;
    // Of what was lost, and came back: not each server of which nothing else was expected.
    if (was === name || (was !== "reconnecting" && name !== "reconnecting")) return;
    announce(`${this.name}: ${word}${reason && `, ${reason}`}`);
  }

  /** @param {ServiceEvent} event @param {number | undefined} latencyMs of an event that is news */
  showEvent(event, latencyMs) {
    const { root, field } = fill("arrival-template");
    root.dataset.event = String(event.id);
    field("type").textContent = event.type;
    field("latency").textContent = latencyMs === undefined ? "earlier" : formatMs(latencyMs);
    const list = this.#template.field("arrivals");
    list.prepend(root);
    while (list.childElementCount > arrivalsShown) list.lastElementChild?.remove();
    if (latencyMs === undefined) return;
    this.#recent.add(latencyMs);
    const { median, p99, values } = this.#recent;
    this.#template.field("median").textContent = median === undefined ? "–" : formatMs(median);
    this.#template.field("p99").textContent = p99 === undefined ? "–" : formatMs(p99);
    this.#template.field("count").textContent = String(values.length);
  }

  /** @param {string} text */
  showGap(text) {
    this.#template.field("gap").textContent = text;
    announce(`${this.name}: ${text}`);
  }
}
