/**
 * @import { Event as ServiceEvent } from "../contract.ts"
 */

/**
 * A call, as far as events have told of it.
 *
 * @typedef {object} Call
 * @property {string} callSid
 * @property {string} from
 * @property {string} place of the caller; empty if not known
 * @property {string} callerName
 * @property {string} status
 * @property {number} beganAtMs on the server's clock
 * @property {number} changedAtMs
 * @property {number | undefined} durationSeconds
 * @property {{ url: string, durationSeconds: number, key: string } | undefined} recording
 */

/** How far a call has come. Status callbacks arrive in any order: what is behind was sent earlier. */
const progress = ["", "queued", "initiated", "ringing", "in-progress"];

/** The only addresses a recording may have: on this server, made of its id, with the key that it is given for. */
const recordingUrl = /^\/recordings\/RE[0-9a-f]{32}\.wav\?key=[\w-]{22}$/;

/** A call that rings for longer was given up, and nobody told us. */
const longestRingMs = 60_000;

/** Of so many calls it is known what became of them: those that the page shows. */
export const callsKept = 50;

/** The newest calls of which events have told, by their id. */
export class Calls {
  /** Oldest first. @type {Map<string, Call>} */
  #calls = new Map();

  /**
   * Takes an event; gives the call it tells of, or undefined if it tells of none.
   *
   * @param {ServiceEvent} event
   * @returns {Call | undefined}
   */
  take(event) {
    if (!event.type.startsWith("call.") || typeof event.data !== "object" || event.data === null)
      return undefined;
    const data = new Map(Object.entries(event.data));
    const callSid = textOf(data.get("callSid"));
    if (callSid === "") return undefined;
    const before = this.#calls.get(callSid);
    const status = textOf(data.get("status"));
    const place = [data.get("fromCity"), data.get("fromState"), data.get("fromCountry")].map(textOf);
    /** @type {Call} */
    const call = {
      callSid,
      from: textOf(data.get("from")) || before?.from || "",
      place: place.filter(Boolean).join(", ") || before?.place || "",
      callerName: textOf(data.get("callerName")) || before?.callerName || "",
      status: nextStatus(before?.status, status),
      beganAtMs: before?.beganAtMs ?? event.at,
      changedAtMs: event.at,
      durationSeconds: numberOf(data.get("durationSeconds")) ?? before?.durationSeconds,
      recording: before?.recording,
    };
    if (event.type === "call.recorded") {
      // The duration is that of the recording, not of the call.
      call.durationSeconds = before?.durationSeconds;
      call.recording = recordingOf(data) ?? before?.recording;
    }
    this.#calls.set(callSid, call);
    const [oldest] = this.#calls.keys();
    if (this.#calls.size > callsKept && oldest !== undefined) this.#calls.delete(oldest);
    return call;
  }
}

/** Whether it rings still, as far as can be known. @param {Call} call @param {number} serverNowMs */
export function isRinging(call, serverNowMs) {
  return call.status === "ringing" && serverNowMs - call.changedAtMs < longestRingMs;
}

/** @param {string | undefined} before @param {string} status */
function nextStatus(before, status) {
  if (before === undefined) return status;
  return progressOf(status) > progressOf(before) ? status : before;
}

/** Every other state ends the call. @param {string} status */
function progressOf(status) {
  const index = progress.indexOf(status);
  return index === -1 ? progress.length : index;
}

/** @param {Map<string, unknown>} data */
function recordingOf(data) {
  const url = textOf(data.get("url"));
  if (!recordingUrl.test(url)) return undefined;
  return {
    url,
    durationSeconds: numberOf(data.get("durationSeconds")) ?? 0,
    key: textOf(data.get("digits")),
  };
}

/** @param {unknown} value */
function textOf(value) {
  return typeof value === "string" ? value : "";
}

/** @param {unknown} value */
function numberOf(value) {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}
