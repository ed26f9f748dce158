import { connectOver } from "./socketio.js";

/**
 * @import { ConnectOptions, Open } from "./connect.js"
 */

/**
 * Socket.IO that never upgrades.
 *
 * @param {ConnectOptions} options
 * @returns {Open}
 */
export function connect(options) {
  return connectOver(["polling"], options);
}
