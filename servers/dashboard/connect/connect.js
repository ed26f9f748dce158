/**
 * How the page listens over a transport: one file for each, all offering the same `connect`. Types only, and the
 * list.
 *
 * @import { Event as ServiceEvent, Gap, Transport } from "../../contract.ts"
 */

/**
 * What a connection is opened with. `after`: the cursor, so that nothing from there on is missed.
 *
 * @typedef {object} ConnectOptions
 * @property {string} origin `http://host:port` of the server
 * @property {number} after
 * @property {() => void} onLive once every event after the cursor is sure to come
 * @property {(event: ServiceEvent, receivedAtMs: number) => void} onEvent
 * @property {(gap: Gap) => void} onGap
 * @property {(reason: string) => void} onEnd once, when it is over for another reason than `close`
 * @property {(carrier: string) => void} onCarrier what carries it now, on a transport that has a choice
 */

/**
 * @typedef {object} Open
 * @property {() => void} close ends it, without a word to `onEnd`
 */

/** @typedef {(options: ConnectOptions) => Open} Connect */

/** @type {Record<Transport, { file: string, name: string, how: string }>} */
export const transports = {
  polling: { file: "./polling.js", name: "Polling", how: "the page asks once a second what came since" },
  comet: {
    file: "./comet.js",
    name: "Comet",
    how: "long polling: each request is held until there is something to say",
  },
  streaming: {
    file: "./streaming.js",
    name: "Streaming",
    how: "server-sent events: one response that never ends",
  },
  ws: { file: "./ws.js", name: "WebSocket", how: "one connection, each event a message" },
  socketio: { file: "./socketio.js", name: "Socket.IO", how: "begins with polling, upgrades to WebSocket" },
  "socketio-polling": {
    file: "./socketio-polling.js",
    name: "Socket.IO, polling",
    how: "Socket.IO held to HTTP long polling",
  },
  tcp: {
    file: "./streaming.js",
    name: "Raw TCP",
    how: "the page itself listens by server-sent events, since browsers cannot open TCP",
  },
};

let failures = 0;

/**
 * Loads what is needed for the transport, and nothing else.
 *
 * @param {Transport} transport
 * @returns {Promise<Connect>}
 */
export async function loadConnect(transport) {
  // A browser remembers by its address that a module could not be loaded: the next try needs another address.
  const again = failures === 0 ? "" : `?try=${failures}`;
  try {
    return (await import(`${transports[transport].file}${again}`)).connect;
  } catch (error) {
    failures++;
    throw error;
  }
}

/** What went wrong with a request, in words. @param {unknown} error */
export function reasonOf(error) {
  // All that a page is told of a server that is not there, or does not want it.
  if (error instanceof TypeError) return "the server cannot be reached";
  if (isTimeout(error)) return "the server did not answer in time";
  return error instanceof Error ? error.message : String(error);
}

/** @param {unknown} error */
export function isTimeout(error) {
  return error instanceof DOMException && error.name === "TimeoutError";
}

/** What a connection needs of the browser. */
export const browser = {
  now: nowMs,
  random: Math.random,
  /** @param {() => void} run @param {number} ms @returns {unknown} */
  setTimer: (run, ms) => setTimeout(run, ms),
  /** @param {unknown} timer */
  clearTimer: (timer) => clearTimeout(Number(timer)),
  loadConnect,
  reasonOf,
};

/** The page's clock in Unix milliseconds, finer than `Date.now()`. */
export function nowMs() {
  return performance.timeOrigin + performance.now();
}
