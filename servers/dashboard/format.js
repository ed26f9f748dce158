/**
 * @import { State } from "./connect/connection.js"
 */

/**
 * @param {number} ms
 * @returns {string} with as many digits as mean something
 */
export function formatMs(ms) {
  if (ms >= 10_000) return `${(ms / 1_000).toFixed(1)} s`;
  return ms < 10 ? `${ms.toFixed(1)} ms` : `${Math.round(ms)} ms`;
}

/** How long ago, in words that do not change more often than they must. @param {number} ms */
export function formatAgo(ms) {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  if (seconds < 5) return "just now";
  if (seconds < 60) return `${seconds} s ago`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ago`;
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? `${hours} h ago` : `${Math.floor(hours / 24)} days ago`;
}

/** `+14158675309` as people read it; what is no such number stays as it is. @param {string} number */
export function formatPhone(number) {
  const northAmerica = /^\+1(\d{3})(\d{3})(\d{4})$/.exec(number);
  if (northAmerica) return `+1 ${northAmerica.slice(1).join(" ")}`;
  return number;
}

/**
 * What an event is about: of a call, which state it has come to.
 *
 * @param {{ type: string, data: unknown }} event
 */
export function formatType({ type, data }) {
  const isStatus = type === "call.status" && typeof data === "object" && data !== null && "status" in data;
  return isStatus ? `${type} ${data.status}` : type;
}

/**
 * The state of a connection: its name, as `data-connection` has it, the word for it, and what it was lost by.
 *
 * @param {State} state
 * @returns {{ name: string, word: string, reason: string }}
 */
export function formatState(state) {
  switch (state.kind) {
    case "live":
      return { name: "live", word: "Live", reason: "" };
    case "connecting":
      return { name: "connecting", word: "Connecting", reason: "" };
    case "stopped":
      return { name: "stopped", word: "Paused", reason: "" };
    default:
      return { name: "reconnecting", word: "Reconnecting", reason: state.reason };
  }
}

const timeOfDay = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });

/** @param {number} atMs */
export function formatTime(atMs) {
  return timeOfDay.format(atMs);
}

/** The value as one line of JSON, cut short. @param {unknown} value @param {number} length */
export function formatJson(value, length) {
  const json = JSON.stringify(value) ?? "";
  return json.length <= length ? json : `${json.slice(0, length - 1)}…`;
}

/** What a gap means, in a sentence. @param {{ after: number, next: number }} gap */
export function formatGap({ after, next }) {
  if (next <= after) {
    return `The server has begun anew: its numbers start again at ${next}, and what it had after ${after} is not known.`;
  }
  const which = next - after === 2 ? `Event ${after + 1} is` : `Events ${after + 1} to ${next - 1} are`;
  return `${which} not to be had any more: the server keeps only its newest. It goes on with ${next}.`;
}
