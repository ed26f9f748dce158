import { poll } from "./polling.js";

/**
 * @import { ConnectOptions, Open } from "./connect.js"
 */

/** Proxies drop requests that stay silent for longer. */
const waitSeconds = 25;

/**
 * Asks again as soon as an answer has come; the server holds the request until it has one.
 *
 * @param {ConnectOptions} options
 * @returns {Open}
 */
export function connect(options) {
  return poll(options, { pauseMs: 0, waitSeconds });
}
