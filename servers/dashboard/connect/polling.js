import { nowMs, reasonOf } from "./connect.js";

/**
 * @import { Event as ServiceEvent, Gap } from "../../contract.ts"
 * @import { ConnectOptions, Open } from "./connect.js"
 */

const pollMs = 1_000;

/** Longest that an answer may take: on a server with a process for each request it may have to queue. */
const answerTimeoutMs = 15_000;

/**
 * Asks, takes what came, waits, asks again.
 *
 * @param {ConnectOptions} options
 * @returns {Open}
 */
export function connect(options) {
  return poll(options, { pauseMs: pollMs, waitSeconds: 0 });
}

/**
 * One GET after the other. `waitSeconds`: how long the server may hold each until it has something to say.
 *
 * @param {ConnectOptions} options
 * @param {{ pauseMs: number, waitSeconds: number }} rhythm
 * @returns {Open}
 */
export function poll(options, { pauseMs, waitSeconds }) {
  const closed = new AbortController();
  let cursor = options.after;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  /** @param {number} heldSeconds */
  async function ask(heldSeconds) {
    const askedAtMs = nowMs();
    const wait = heldSeconds === 0 ? "" : `&wait=${heldSeconds}`;
    const response = await fetch(`${options.origin}/events?after=${cursor}${wait}`, {
      cache: "no-store",
      signal: AbortSignal.any([closed.signal, AbortSignal.timeout(heldSeconds * 1_000 + answerTimeoutMs)]),
    });
    const text = await response.text();
    const receivedAtMs = nowMs();
    if (!response.ok) throw new Error(`expected status 200, got ${response.status}: ${text.slice(0, 80)}`);
    /** @type {{ gap?: Gap, events: ServiceEvent[], last: number }} */
    const { gap, events, last } = JSON.parse(text);
    options.onLive();
    if (gap) {
      cursor = gap.next - 1;
      options.onGap(gap);
    }
    for (const event of events) {
      cursor = event.id;
      options.onEvent(event, receivedAtMs);
    }
    // What does not fit in one answer is fetched at once.
    return cursor < last ? 0 : Math.max(0, askedAtMs + pauseMs - nowMs());
  }

  /** @param {number} heldSeconds */
  function next(heldSeconds) {
    ask(heldSeconds).then(
      (restMs) => {
        if (!closed.signal.aborted) timer = setTimeout(() => next(waitSeconds), restMs);
      },
      (error) => {
        if (closed.signal.aborted) return;
        closed.abort();
        options.onEnd(reasonOf(error));
      },
    );
  }

  // The first answer comes at once: only then is it known that the server is there.
  next(0);
  return {
    close() {
      closed.abort();
      clearTimeout(timer);
    },
  };
}
