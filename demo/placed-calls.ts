import { calledNumber, callerOf } from "./callers.ts";
import type { FakeTwilio } from "./fake-twilio/fake-twilio.ts";
import type { FollowedCall } from "./followed-call.ts";
import { epochMs, type FollowedCalls } from "./followed-calls.ts";
import { arrivalHead, arrivalLine, phoneNumber, stepHead } from "./screen.ts";
import { allSteps } from "./steps.ts";

/** How long a call may take to show its last steps once it is over, a server's restart included. */
const lastStepsMs = 20_000;

/** The scripted calls, which are placed here. */
export class PlacedCalls {
  readonly #phone: FakeTwilio;
  readonly #calls: FollowedCalls;
  readonly #signal: AbortSignal;
  readonly #noticed = new Set<string>();
  #placed = 0;

  constructor(phone: FakeTwilio, calls: FollowedCalls, signal: AbortSignal) {
    this.#phone = phone;
    this.#calls = calls;
    this.#signal = signal;
  }

  /** Places the next of them: whether all nine steps were seen. */
  async placeNext(): Promise<boolean> {
    const { servers, print, paint } = this.#calls.telling;
    this.#signal.throwIfAborted();
    const [server, ...others] = servers;
    const { from, speaksSeconds, ending } = callerOf(this.#placed++);
    print(
      `\n  ${paint("bold", `Call ${this.#placed}`)}  ${phoneNumber(from)} calls ${phoneNumber(calledNumber)}`,
    );
    print(stepHead(paint));
    this.#noticed.clear();
    let followed: FollowedCall | undefined;
    try {
      await this.#phone.call({
        server: server.endpoints.http,
        alsoTo: others.map(({ endpoints }) => endpoints.http),
        from,
        to: calledNumber,
        speaksSeconds,
        ending,
        onNotice: (text) => this.#noticeOnce(text),
        onStep: (step) => {
          const nowMs = epochMs();
          followed ??= this.#calls.follow(step.callSid, nowMs - step.atMs, allSteps);
          if (step.number === 2) followed.arrivals.sent("call.ringing", nowMs);
          if (step.number === 7) followed.arrivals.sent("call.recorded", nowMs);
          followed.steps.see(step);
        },
      });
    } catch (error) {
      this.#signal.throwIfAborted();
      this.#calls.notice(`the call failed: ${error instanceof Error ? error.message : error}`);
      return false;
    }
    if (!followed) throw new Error("expected a call to have steps, got none");
    const whole = await this.#awaitLastSteps(followed);
    if (others.length > 0) this.#tellArrivals(followed);
    this.#calls.forget(followed.steps.callSid);
    return whole;
  }

  /** Whether they came. */
  async #awaitLastSteps(followed: FollowedCall): Promise<boolean> {
    const missing = await followed.missingAfter(lastStepsMs, this.#signal);
    if (missing === "") return true;
    this.#calls.notice(
      `expected every step within ${lastStepsMs / 1_000} s of the call's end, got none of: ${missing}`,
    );
    return false;
  }

  #tellArrivals({ arrivals }: FollowedCall): void {
    const { print, paint } = this.#calls.telling;
    print(`\n${arrivalHead(paint)}`);
    for (const { server, ms } of arrivals.delays()) print(arrivalLine(server, ms));
  }

  /** What is tried again fails for the same reason many times. */
  #noticeOnce(text: string): void {
    if (!this.#noticed.has(text)) this.#calls.notice(text);
    this.#noticed.add(text);
  }
}
