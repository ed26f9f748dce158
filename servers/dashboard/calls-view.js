import { callsKept, isRinging } from "./calls.js";
import { formatAgo, formatPhone } from "./format.js";
import { Player } from "./recording.js";
import { fill, need } from "./template.js";

/**
 * @import { Call } from "./calls.js"
 */

/** So many recordings are fetched before anyone asks for them. */
const recordingsPrepared = 3;

/** @type {Record<string, string>} */
const words = {
  queued: "Queued",
  initiated: "Calling",
  ringing: "Ringing",
  "in-progress": "In progress",
  completed: "Completed",
  busy: "Busy",
  failed: "Failed",
  "no-answer": "No answer",
  canceled: "Canceled",
};

/** The list of calls, newest first. */
export class CallsView {
  /** Those shown, oldest first. @type {Map<string, Row>} */
  #rows = new Map();
  #list = need("calls");
  #empty = need("no-calls");
  #isKnown = false;

  /** Until it is known whether there are calls, the page does not say that there are none. */
  know() {
    this.#isKnown = true;
    this.#empty.hidden = this.#rows.size > 0;
  }

  /** @param {Call} call @param {number} serverNowMs */
  show(call, serverNowMs) {
    let row = this.#rows.get(call.callSid);
    if (row === undefined) {
      row = new Row(call);
      this.#rows.set(call.callSid, row);
      this.#list.prepend(row.root);
      const [oldest] = this.#rows;
      if (this.#rows.size > callsKept && oldest !== undefined) {
        this.#rows.delete(oldest[0]);
        oldest[1].root.remove();
      }
    }
    row.show(call, serverNowMs);
    if (this.#isKnown) this.#empty.hidden = true;
  }

  /** Time has passed. @param {number} serverNowMs */
  tick(serverNowMs) {
    for (const row of this.#rows.values()) row.tick(serverNowMs);
  }

  /** Has the newest recordings ready to be played. */
  prepareRecordings() {
    const players = [...this.#rows.values()].flatMap(({ player }) => player ?? []);
    for (const player of players.slice(-recordingsPrepared)) player.prepare();
  }

  /** Plays the recording of a call as soon as it can be had. @param {string} callSid */
  play(callSid) {
    this.#rows.get(callSid)?.player?.play();
  }
}

/** One call. Its audio element is made once, so that what plays goes on playing. */
class Row {
  #call;
  #template = fill("call-template");
  root = this.#template.root;
  /** Of its recording, once there is one. @type {Player | undefined} */
  player;

  /** @param {Call} call */
  constructor(call) {
    this.#call = call;
    this.root.dataset.call = call.callSid;
  }

  /** @param {Call} call @param {number} serverNowMs */
  show(call, serverNowMs) {
    this.#call = call;
    const { field } = this.#template;
    if (this.root.dataset.status !== call.status) this.root.dataset.status = call.status;
    field("status").textContent = words[call.status] ?? (call.status || "Unknown");
    field("from").textContent = call.callerName || formatPhone(call.from) || "Number withheld";
    const detail = [
      call.callerName && formatPhone(call.from),
      call.place,
      call.durationSeconds !== undefined && `lasted ${call.durationSeconds} s`,
    ];
    field("detail").textContent = detail.filter(Boolean).join(" · ");
    if (call.recording) this.#showRecording(call.recording);
    this.tick(serverNowMs);
  }

  /** @param {number} serverNowMs */
  tick(serverNowMs) {
    this.root.toggleAttribute("data-rings", isRinging(this.#call, serverNowMs));
    const ago = this.#template.field("ago");
    const text = formatAgo(serverNowMs - this.#call.beganAtMs);
    if (ago.textContent === text) return;
    ago.textContent = text;
    ago.setAttribute("datetime", new Date(this.#call.beganAtMs).toISOString());
  }

  /** @param {NonNullable<Call["recording"]>} recording */
  #showRecording({ url, durationSeconds, key }) {
    const { field } = this.#template;
    const box = field("recording");
    const ended = key === "hangup" ? ", ended by hanging up" : key ? `, ended by the key ${key}` : "";
    if (box.querySelector("audio")?.getAttribute("src") === url) return;
    box.querySelector("audio")?.remove();
    const spoken = `Recording, ${durationSeconds} s${ended}`;
    field("spoken").textContent = spoken;
    const again = field("again");
    again.hidden = true;
    const audio = document.createElement("audio");
    audio.controls = true;
    audio.setAttribute("aria-label", `Recording of the call from ${formatPhone(this.#call.from)}`);
    const player = new Player(audio, url, {
      onGivenUp() {
        field("spoken").textContent = `${spoken}, which could not be loaded`;
        again.hidden = false;
      },
      onRefused() {
        field("spoken").textContent = `${spoken}: the browser does not play it by itself, press play`;
      },
    });
    again.onclick = () => {
      again.hidden = true;
      field("spoken").textContent = spoken;
      player.again();
    };
    audio.addEventListener("playing", () => {
      field("spoken").textContent = spoken;
    });
    this.player = player;
    box.append(audio);
    box.hidden = false;
  }
}
