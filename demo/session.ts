import type { Event, Transport } from "../servers/contract.ts";
import { loadServer } from "../servers/index.ts";
import { callEventOf } from "./call-event.ts";
import type { FakeTwilio } from "./fake-twilio/fake-twilio.ts";
import type { FollowedCall } from "./followed-call.ts";
import { epochMs, FollowedCalls, type Telling } from "./followed-calls.ts";
import { PlacedCalls } from "./placed-calls.ts";
import { RealCalls } from "./real-calls.ts";
import { playRecording } from "./recording.ts";
import type { ServerProcess } from "./server-process.ts";
import { watch } from "./watch.ts";

/** How long a killed server stays dead, so that people see what a page makes of it. */
const deadMs = 1_500;

/** Its servers are running. The first is the one whose steps are told. */
export interface SessionOptions extends Telling {
  /** Absent: real calls come from outside. */
  readonly phone?: FakeTwilio;
  /** The demo is over: nothing is told or taken up any more. */
  readonly signal: AbortSignal;
  /** Ends the subscriptions. */
  readonly leave: AbortSignal;
}

/** Watches servers by their own clients and tells of every call, step by step. */
export class Session {
  readonly #options: SessionOptions;
  readonly #calls: FollowedCalls;
  readonly #placedCalls: PlacedCalls | undefined;
  readonly #realCalls: RealCalls;
  #restarting = false;
  /** The calls that were asked for, one after the other. */
  #asked: Promise<unknown> = Promise.resolve();

  private constructor(options: SessionOptions) {
    const { servers, paint, phone, signal } = options;
    // What is seen of the end itself is no news.
    const print = (text: string) => {
      if (!signal.aborted) options.print(text);
    };
    this.#options = options;
    this.#calls = new FollowedCalls({ servers, paint, print });
    this.#placedCalls = phone && new PlacedCalls(phone, this.#calls, signal);
    this.#realCalls = new RealCalls(this.#calls);
  }

  /** Resolves once nothing that a server pushes can be missed. */
  static async start(options: SessionOptions): Promise<Session> {
    const session = new Session(options);
    await Promise.all(options.servers.map((server) => session.#watch(server)));
    return session;
  }

  /** Whether calls are placed here, not waited for. */
  get placesCalls(): boolean {
    return this.#placedCalls !== undefined;
  }

  /**
   * Places so many of the scripted calls, after those asked for before; real ones are waited for. Resolves when they
   * are over: whether every step of every call was seen.
   */
  seeCalls(count: number): Promise<boolean> {
    const seen = this.#asked.then(async () => {
      let whole = true;
      for (let call = 0; call < count; call++) {
        if (this.#placedCalls) whole = (await this.#placedCalls.placeNext()) && whole;
        else await this.#realCalls.next();
      }
      return whole;
    });
    this.#asked = seen.catch(() => {});
    return seen;
  }

  /** Kills the server whose steps are told, and starts it again, which nothing is lost by. Not while it does so. */
  async restart(): Promise<void> {
    if (this.#restarting) return;
    this.#restarting = true;
    const [server] = this.#options.servers;
    this.#calls.notice(`${server.name} is killed, as by a power cut`);
    const ms = await server.restart(deadMs);
    this.#restarting = false;
    this.#calls.notice(
      `${server.name} is back at ${server.endpoints.http} after ${(ms / 1_000).toFixed(1)} s`,
    );
  }

  async #watch(server: ServerProcess): Promise<void> {
    const { transport } = await loadServer(server.name);
    const isFirst = server === this.#options.servers[0];
    await watch(server.endpoints, transport, {
      signal: this.#options.signal,
      leave: this.#options.leave,
      onEvent: (event, receivedMs) => this.#onEvent(server, transport, event, receivedMs),
      onLost: (reason) => {
        if (isFirst) this.#calls.notice(`the subscription ended (${reason}); it is taken up again`);
      },
      onNotice: (text) => this.#calls.notice(`${server.name}: ${text}`),
    });
  }

  #onEvent(server: ServerProcess, transport: Transport, event: Event, receivedMs: number): void {
    const call = callEventOf(event);
    if (!call) return;
    const isFirst = server === this.#options.servers[0];
    const isReal = !this.placesCalls;
    const followed =
      this.#calls.get(call.callSid) ?? (isFirst && isReal ? this.#realCalls.follow(call, event) : undefined);
    if (!followed) return;
    followed.arrivals.came(server.name, call.type, receivedMs);
    if (!isFirst) return;
    const detail = `${call.type} by ${transport}, event ${event.id}`;
    if (call.type === "call.ringing") {
      if (isReal) followed.steps.happened(2, event.at, "the webhook came, and was genuine");
      followed.steps.happened(3, receivedMs, detail);
    } else {
      if (isReal) followed.steps.happened(7, event.at, "the webhook came, and was genuine");
      followed.steps.happened(8, receivedMs, detail);
      void this.#play(followed, new URL(call.url, server.endpoints.http));
    }
  }

  async #play({ steps }: FollowedCall, url: URL): Promise<void> {
    const { signal } = this.#options;
    try {
      const played = await playRecording(url, signal);
      steps.happened(9, epochMs(), played);
    } catch (error) {
      if (!signal.aborted)
        this.#calls.notice(`${url.pathname}: ${error instanceof Error ? error.message : error}`);
    }
  }
}
