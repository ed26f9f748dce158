import { transports } from "./connect/connect.js";
import { need } from "./template.js";

/**
 * @import { State } from "./connect/connection.js"
 * @import { About } from "./server-json.js"
 */

/** @param {About} about */
export function showServer({ name, ioModel, transport, summary }) {
  document.documentElement.dataset.transport = transport;
  need("transport").textContent = transports[transport].name;
  need("how").textContent = transports[transport].how;
  need("carrier").textContent = "";
  need("io-model").textContent = ioModel;
  need("server").textContent = name;
  need("summary").textContent = summary;
}

/** What carries a transport that has a choice. @param {string} carrier */
export function showCarrier(carrier) {
  need("carrier").textContent = `(now over ${carrier})`;
}

/** @param {State} state @param {number} cursor @param {number} nowMs */
export function showState(state, cursor, nowMs) {
  const isBack = state.kind === "waiting" || state.kind === "retrying";
  document.documentElement.dataset.connection = isBack ? "reconnecting" : state.kind;
  const word = isBack ? "Reconnecting" : state.kind === "live" ? "Live" : "Connecting";
  // Only what has changed: it is read out each time it is set.
  if (need("state").textContent !== word) need("state").textContent = word;
  need("lost").hidden = !isBack;
  need("try-now").toggleAttribute("disabled", state.kind !== "waiting");
  if (!isBack) return;
  need("lost-reason").textContent = `(${state.reason}).`;
  const seconds = state.kind === "waiting" ? Math.ceil((state.nextTryAtMs - nowMs) / 1_000) : 0;
  const next = seconds > 0 ? `Next try in ${seconds} s.` : "Trying now.";
  need("lost-next").textContent = `${next} The page goes on after event ${cursor}.`;
}
