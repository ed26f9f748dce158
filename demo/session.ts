import type { Event, Transport } from "../servers/contract.ts";
import { loadServer } from "../servers/index.ts";
import { Arrivals } from "./arrivals.ts";
import { type CallEvent, callEventOf } from "./call-event.ts";
import { calledNumber, callerOf } from "./callers.ts";
import type { FakeTwilio } from "./fake-twilio/fake-twilio.ts";
import { FollowedCall } from "./followed-call.ts";
import { playRecording } from "./recording.ts";
import {
  arrivalHead,
  arrivalLine,
  noticeLine,
  type Paint,
  phoneNumber,
  stepHead,
  stepLine,
} from "./screen.ts";
import type { ServerProcess } from "./server-process.ts";
import { allSteps, CallSteps, stepsOfRealCalls } from "./steps.ts";
import { watch } from "./watch.ts";

/** How long a call may take to show its last steps once it is over, a server's restart included. */
const lastStepsMs = 20_000;

/** How long a killed server stays dead, so that people see what a page makes of it. */
const deadMs = 1_500;

export interface SessionOptions {
  /** Running. The first is the one whose steps are told. */
  readonly servers: readonly [ServerProcess, ...ServerProcess[]];
  /** Absent: real calls come from outside. */
  readonly phone?: FakeTwilio;
  /** The demo is over: nothing is told or taken up any more. */
  readonly signal: AbortSignal;
  /** Ends the subscriptions. */
  readonly leave: AbortSignal;
  readonly paint: Paint;
  print(text: string): void;
}

/** Watches servers by their own clients and tells of every call, step by step. */
export class Session {
  readonly #options: SessionOptions;
  readonly #calls = new Map<string, FollowedCall>();
  readonly #noticed = new Set<string>();
  #placed = 0;
  #restarting = false;
  /** The calls that were asked for, one after the other. */
  #asked: Promise<unknown> = Promise.resolve();
  /** Told when a real call has shown its last step. */
  #onRealCall: () => void = () => {};

  private constructor(options: SessionOptions) {
    // What is seen of the end itself is no news.
    const print = (text: string) => {
      if (!options.signal.aborted) options.print(text);
    };
    this.#options = { ...options, print };
  }

  /** Resolves once nothing that a server pushes can be missed. */
  static async start(options: SessionOptions): Promise<Session> {
    const session = new Session(options);
    await Promise.all(options.servers.map((server) => session.#watch(server)));
    return session;
  }

  /** Whether calls are placed here, not waited for. */
  get placesCalls(): boolean {
    return this.#options.phone !== undefined;
  }

  /**
   * Places so many of the scripted calls, after those asked for before; real ones are waited for. Resolves when they
   * are over: whether every step of every call was seen.
   */
  seeCalls(count: number): Promise<boolean> {
    const { phone } = this.#options;
    const seen = this.#asked.then(async () => {
      let whole = true;
      for (let call = 0; call < count; call++) {
        if (phone) whole = (await this.#placeCall(phone)) && whole;
        else await this.#nextRealCall();
      }
      return whole;
    });
    this.#asked = seen.catch(() => {});
    return seen;
  }

  #nextRealCall(): Promise<void> {
    return new Promise((resolve) => {
      this.#onRealCall = resolve;
    });
  }

  /** Places the next of the scripted calls: whether all nine steps were seen. */
  async #placeCall(phone: FakeTwilio): Promise<boolean> {
    const { servers, signal, print, paint } = this.#options;
    signal.throwIfAborted();
    const [server, ...others] = servers;
    const { from, speaksSeconds, ending } = callerOf(this.#placed++);
    print(
      `\n  ${paint("bold", `Call ${this.#placed}`)}  ${phoneNumber(from)} calls ${phoneNumber(calledNumber)}`,
    );
    print(stepHead(paint));
    this.#noticed.clear();
    let followed: FollowedCall | undefined;
    try {
      await phone.call({
        server: server.endpoints.http,
        alsoTo: others.map(({ endpoints }) => endpoints.http),
        from,
        to: calledNumber,
        speaksSeconds,
        ending,
        onNotice: (text) => this.#noticeOnce(text),
        onStep: (step) => {
          const nowMs = epochMs();
          followed ??= this.#follow(step.callSid, nowMs - step.atMs, allSteps);
          if (step.number === 2) followed.arrivals.sent("call.ringing", nowMs);
          if (step.number === 7) followed.arrivals.sent("call.recorded", nowMs);
          followed.steps.see(step);
        },
      });
    } catch (error) {
      signal.throwIfAborted();
      this.#notice(`the call failed: ${error instanceof Error ? error.message : error}`);
      return false;
    }
    if (!followed) throw new Error("expected a call to have steps, got none");
    const whole = await this.#awaitLastSteps(followed);
    if (others.length > 0) this.#tellArrivals(followed);
    this.#calls.delete(followed.steps.callSid);
    return whole;
  }

  /** Kills the server whose steps are told, and starts it again, which nothing is lost by. Not while it does so. */
  async restart(): Promise<void> {
    if (this.#restarting) return;
    this.#restarting = true;
    const [server] = this.#options.servers;
    this.#notice(`${server.name} is killed, as by a power cut`);
    const ms = await server.restart(deadMs);
    this.#restarting = false;
    this.#notice(`${server.name} is back at ${server.endpoints.http} after ${(ms / 1_000).toFixed(1)} s`);
  }

  async #watch(server: ServerProcess): Promise<void> {
    const { transport } = await loadServer(server.name);
    const isFirst = server === this.#options.servers[0];
    await watch(server.endpoints, transport, {
      signal: this.#options.signal,
      leave: this.#options.leave,
      onEvent: (event, receivedMs) => this.#onEvent(server, transport, event, receivedMs),
      onLost: (reason) => {
        if (isFirst) this.#notice(`the subscription ended (${reason}); it is taken up again`);
      },
      onNotice: (text) => this.#notice(`${server.name}: ${text}`),
    });
  }

  #onEvent(server: ServerProcess, transport: Transport, event: Event, receivedMs: number): void {
    const call = callEventOf(event);
    if (!call) return;
    const isFirst = server === this.#options.servers[0];
    const followed = this.#calls.get(call.callSid) ?? (isFirst ? this.#followReal(call, event) : undefined);
    if (!followed) return;
    followed.arrivals.came(server.name, call.type, receivedMs);
    if (!isFirst) return;
    const detail = `${call.type} by ${transport}, event ${event.id}`;
    if (call.type === "call.ringing") {
      if (!this.#options.phone) followed.steps.happened(2, event.at, "the webhook came, and was genuine");
      followed.steps.happened(3, receivedMs, detail);
    } else {
      if (!this.#options.phone) followed.steps.happened(7, event.at, "the webhook came, and was genuine");
      followed.steps.happened(8, receivedMs, detail);
      void this.#play(followed, new URL(call.url, server.endpoints.http));
    }
  }

  /** A call that nobody here has placed, when it begins to ring. */
  #followReal(call: CallEvent, event: Event): FollowedCall | undefined {
    const { phone, print, paint } = this.#options;
    if (phone || call.type !== "call.ringing") return undefined;
    print(`\n  ${paint("bold", "Call")}  from ${phoneNumber(call.from)}`);
    print(stepHead(paint));
    const followed = this.#follow(call.callSid, event.at, stepsOfRealCalls);
    void followed.steps.complete.then(() => {
      this.#calls.delete(call.callSid);
      this.#onRealCall();
    });
    return followed;
  }

  #follow(callSid: string, beganMs: number, expected: typeof allSteps): FollowedCall {
    const { servers, print, paint } = this.#options;
    const steps = new CallSteps(callSid, expected, beganMs, (step, before) =>
      print(stepLine(step, before, paint)),
    );
    const followed = new FollowedCall(steps, new Arrivals(servers.map(({ name }) => name)));
    this.#calls.set(callSid, followed);
    return followed;
  }

  async #play({ steps }: FollowedCall, url: URL): Promise<void> {
    const { signal } = this.#options;
    try {
      const played = await playRecording(url, signal);
      steps.happened(9, epochMs(), played);
    } catch (error) {
      if (!signal.aborted) this.#notice(`${url.pathname}: ${error instanceof Error ? error.message : error}`);
    }
  }

  /** Whether they came. */
  async #awaitLastSteps(followed: FollowedCall): Promise<boolean> {
    const missing = await followed.missingAfter(lastStepsMs, this.#options.signal);
    if (missing === "") return true;
    this.#notice(
      `expected every step within ${lastStepsMs / 1_000} s of the call's end, got none of: ${missing}`,
    );
    return false;
  }

  #tellArrivals({ arrivals }: FollowedCall): void {
    const { print, paint } = this.#options;
    print(`\n${arrivalHead(paint)}`);
    for (const { server, ms } of arrivals.delays()) print(arrivalLine(server, ms));
  }

  /** What is tried again fails for the same reason many times. */
  #noticeOnce(text: string): void {
    if (!this.#noticed.has(text)) this.#notice(text);
    this.#noticed.add(text);
  }

  #notice(text: string): void {
    this.#options.print(noticeLine(text, this.#options.paint));
  }
}

function epochMs(): number {
  return performance.timeOrigin + performance.now();
}
