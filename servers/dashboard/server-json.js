import { nowMs } from "./connect/connect.js";

/**
 * @import { Epoch, Server } from "../contract.ts"
 * @import { Clock } from "./clock.js"
 */

/** @typedef {Pick<Server, "name" | "ioModel" | "transport" | "summary"> & { epoch: Epoch, last: number, nowMs: number, peers: string[] }} About */

/** A server with a process for each request may have to queue it. */
const answerTimeoutMs = 8_000;

/**
 * Asks a server what it is, and what time it is there.
 *
 * @param {string} origin
 * @param {Clock} clock
 * @returns {Promise<About>}
 */
export async function askServer(origin, clock) {
  const sentMs = nowMs();
  const response = await fetch(`${origin}/server.json`, {
    cache: "no-store",
    signal: AbortSignal.timeout(answerTimeoutMs),
  });
  const receivedMs = nowMs();
  if (!response.ok) throw new Error(`expected status 200, got ${response.status}`);
  /** @type {About} */
  const about = await response.json();
  clock.take({ sentMs, receivedMs, serverMs: about.nowMs });
  return about;
}

/** Round trips by which the server's clock is known: one may be held up, hardly all. */
const roundTrips = 6;

/** Asks the time several times, one after the other. @param {() => Promise<About>} ask */
export async function setClock(ask) {
  for (let asked = 0; asked < roundTrips; asked++) await ask();
}
