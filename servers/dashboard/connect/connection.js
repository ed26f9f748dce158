/**
 * @import { Epoch, Event as ServiceEvent, Gap } from "../../contract.ts"
 * @import { About } from "../server-json.js"
 * @import { Connect, Open } from "./connect.js"
 */

/** How many events before the newest one a page begins with. */
const eventsAtFirst = 500;

/** Longest that a try may take until the server says that it is live. */
const liveTimeoutMs = 10_000;

/** How often it is looked whether events that the server has have also come. */
const checkMs = 15_000;

const firstPauseMs = 250;
const longestPauseMs = 4_000;

/**
 * The pause before a try to connect again: twice as long each time, up to a limit, and of that a random part, so
 * that pages which lost the same server do not come back all at once.
 *
 * @param {number} failures tries that failed since it was last connected, from 0
 * @param {() => number} random from 0 to 1
 */
export function backoffMs(failures, random) {
  const ceiling = Math.min(longestPauseMs, firstPauseMs * 2 ** failures);
  return ceiling * (0.5 + random() / 2);
}

/**
 * @typedef {{ kind: "connecting" } | { kind: "live" } | { kind: "retrying", reason: string } |
 *   { kind: "waiting", reason: string, nextTryAtMs: number } | { kind: "stopped" }} State
 */

/**
 * What a connection needs of the world, and whom it tells. `isNew` of an event: it happened while the page was
 * connected, and was not fetched afterwards. `onRepeat`: of an event that had come already, which is the server's fault.
 *
 * @typedef {object} ConnectionOptions
 * @property {string} origin
 * @property {() => Promise<About>} askServer
 * @property {(transport: About["transport"]) => Promise<Connect>} loadConnect
 * @property {(state: State) => void} onState
 * @property {(about: About) => void} onServer
 * @property {(event: ServiceEvent, receivedAtMs: number, isNew: boolean) => void} onEvent
 * @property {(event: ServiceEvent, receivedAtMs: number) => void} onRepeat
 * @property {(gap: Gap) => void} onGap
 * @property {(carrier: string) => void} onCarrier
 * @property {(error: unknown) => string} reasonOf
 * @property {() => number} now
 * @property {() => number} random
 * @property {(run: () => void, ms: number) => unknown} setTimer
 * @property {(timer: unknown) => void} clearTimer
 */

/**
 * Stays connected to a server, whatever happens to either: asks what server it is, listens over its transport,
 * and when that ends tries again from the cursor it has reached. So each event comes once, in order. A cursor is of
 * one epoch: in another the server numbers other events, and the first of them is where it goes on.
 */
export class Connection {
  #options;
  /** @type {number | undefined} */
  #cursor;
  /** Of the cursor. @type {Epoch | undefined} */
  #epoch;
  /** Events up to this one are not news: they had happened when the page asked. */
  #newAfter = 0;
  #failures = 0;
  /** Whatever an earlier try still has to say is not listened to. */
  #turn = 0;
  /** @type {Open | undefined} */
  #open;
  /** @type {unknown} */
  #timer;
  /** @type {State} */
  #state = { kind: "connecting" };

  /** @param {ConnectionOptions} options */
  constructor(options) {
    this.#options = options;
  }

  /** The id of the last event that came; undefined before the server was first asked. */
  get cursor() {
    return this.#cursor;
  }

  /** Connects, whether it was stopped, waits for its next try, or never began. */
  connect() {
    this.#end();
    const turn = this.#turn;
    const { kind } = this.#state;
    const isAnew = kind === "connecting" || kind === "stopped";
    this.#setState(isAnew ? { kind: "connecting" } : { kind: "retrying", reason: this.#reason() });
    this.#limit(liveTimeoutMs, () => this.#lost(turn, "no answer in time"));
    this.#try(turn).catch((error) => this.#lost(turn, this.#options.reasonOf(error)));
  }

  /** Connects now if it waits for its next try, or was stopped. */
  connectNow() {
    if (this.#state.kind === "waiting" || this.#state.kind === "stopped") this.connect();
  }

  /** Listens no more, until `connect` or `connectNow`. */
  stop() {
    this.#end();
    this.#setState({ kind: "stopped" });
  }

  /** The network is known to be gone, which a connection by itself may notice late. @param {string} reason */
  lose(reason) {
    if (this.#state.kind === "live") this.#lost(this.#turn, reason);
  }

  /** @param {number} turn */
  async #try(turn) {
    const { askServer, loadConnect, onServer, origin } = this.#options;
    const about = await askServer();
    if (turn !== this.#turn) return;
    if (this.#epoch !== undefined && about.epoch !== this.#epoch) this.#beginAnew();
    this.#epoch = about.epoch;
    const after = this.#cursor ?? Math.max(0, about.last - eventsAtFirst);
    this.#cursor = after;
    this.#newAfter = about.last;
    onServer(about);
    const connect = await loadConnect(about.transport);
    if (turn !== this.#turn) return;
    this.#open = connect({
      origin,
      after,
      onLive: () => this.#live(turn),
      onEvent: (event, receivedAtMs) => this.#take(turn, event, receivedAtMs),
      onGap: (gap) => this.#skip(turn, gap),
      onEnd: (reason) => this.#lost(turn, reason),
      onCarrier: (carrier) => {
        if (turn === this.#turn) this.#options.onCarrier(carrier);
      },
    });
  }

  /** What the page has seen is of another numbering. */
  #beginAnew() {
    const after = this.#cursor ?? 0;
    this.#cursor = 0;
    if (after > 0) this.#options.onGap({ after, next: 1 });
  }

  /** @param {number} turn */
  #live(turn) {
    if (turn !== this.#turn || this.#state.kind === "live") return;
    this.#failures = 0;
    this.#setState({ kind: "live" });
    this.#limit(checkMs, () => this.#check(turn, this.#newAfter));
  }

  /** @param {number} turn @param {ServiceEvent} event @param {number} receivedAtMs */
  #take(turn, event, receivedAtMs) {
    const cursor = this.#cursor ?? 0;
    if (turn !== this.#turn) return;
    if (event.id <= cursor) return this.#options.onRepeat(event, receivedAtMs);
    // The server says so itself when it has lost events; if it ever did not, this page would all the same.
    if (event.id > cursor + 1) this.#options.onGap({ after: cursor, next: event.id });
    this.#cursor = event.id;
    this.#options.onEvent(event, receivedAtMs, event.id > this.#newAfter);
  }

  /** @param {number} turn @param {Gap} gap */
  #skip(turn, gap) {
    if (turn !== this.#turn) return;
    this.#cursor = gap.next - 1;
    this.#options.onGap(gap);
  }

  /**
   * A connection may be dead without either end knowing, as after a laptop has slept. It is, if an event that the
   * server had at the last look has not come until this one. Or the server that was asked what it is may have been
   * followed by another before it was connected to. A server that does not answer proves nothing: it
   * may have no thread to spare.
   *
   * @param {number} turn
   * @param {number} expected
   */
  async #check(turn, expected) {
    if ((this.#cursor ?? 0) < expected) {
      this.#lost(turn, "the connection fell silent");
      return;
    }
    const about = await this.#options.askServer().catch(() => undefined);
    if (turn !== this.#turn) return;
    if (about !== undefined && about.epoch !== this.#epoch) this.#lost(turn, "the server has begun anew");
    else this.#limit(checkMs, () => this.#check(turn, about?.last ?? 0));
  }

  /** @param {number} turn @param {string} reason */
  #lost(turn, reason) {
    if (turn !== this.#turn) return;
    this.#end();
    const ms = backoffMs(this.#failures, this.#options.random);
    this.#failures++;
    this.#setState({ kind: "waiting", reason, nextTryAtMs: this.#options.now() + ms });
    this.#limit(ms, () => this.connect());
  }

  #end() {
    this.#turn++;
    this.#options.clearTimer(this.#timer);
    this.#open?.close();
    this.#open = undefined;
  }

  /** Of the one timer there is: each state waits for one thing. @param {number} ms @param {() => void} run */
  #limit(ms, run) {
    this.#options.clearTimer(this.#timer);
    this.#timer = this.#options.setTimer(run, ms);
  }

  #reason() {
    return "reason" in this.#state ? this.#state.reason : "";
  }

  /** @param {State} state */
  #setState(state) {
    this.#state = state;
    this.#options.onState(state);
  }
}
