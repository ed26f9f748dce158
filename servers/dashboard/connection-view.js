import { announce } from "./announcer.js";
import { transports } from "./connect/connect.js";
import { formatState } from "./format.js";
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
  const { name, word, reason } = formatState(state);
  const isLost = state.kind === "waiting" || state.kind === "retrying";
  document.documentElement.dataset.connection = name;
  if (need("state").textContent !== word) {
    need("state").textContent = word;
    announce(isLost ? `${word}: ${reason}` : word);
  }
  need("lost").hidden = !isLost;
  if (state.kind !== "live") showUnanswered(false);
  need("try-now").toggleAttribute("disabled", state.kind !== "waiting");
  if (!isLost) return;
  need("lost-reason").textContent = `(${reason}).`;
  const seconds = state.kind === "waiting" ? Math.ceil((state.nextTryAtMs - nowMs) / 1_000) : 0;
  const next = seconds > 0 ? `Next try in ${seconds} s.` : "Trying now.";
  need("lost-next").textContent = `${next} The page goes on after event ${cursor}.`;
}

/** Whether the server leaves requests unanswered, though its events come. @param {boolean} isSo */
export function showUnanswered(isSo) {
  const banner = need("unanswered");
  if (isSo && banner.hidden) announce(banner.textContent);
  banner.hidden = !isSo;
}
