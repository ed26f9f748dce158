import { backoffMs } from "./connect/connection.js";
import { formatPhone } from "./format.js";

/**
 * @import { Call } from "./calls.js"
 */

/** How often it is tried to load a recording: it is told of a little before it can be fetched. */
const tries = 6;

/**
 * The player of a recording. When it cannot be loaded it tries again by itself for a while.
 *
 * @param {Call} call
 * @param {string} url
 * @param {() => void} onGivenUp
 */
export function createPlayer(call, url, onGivenUp) {
  const audio = document.createElement("audio");
  audio.controls = true;
  audio.preload = "metadata";
  audio.setAttribute("aria-label", `Recording of the call from ${formatPhone(call.from)}`);
  let failures = 0;
  audio.addEventListener("error", () => {
    failures++;
    if (failures < tries) setTimeout(() => audio.load(), backoffMs(failures, Math.random));
    else onGivenUp();
  });
  audio.addEventListener("loadedmetadata", () => {
    failures = 0;
  });
  audio.src = url;
  return audio;
}
