import type { Event } from "../servers/contract.ts";
import type { CallEvent } from "./call-event.ts";
import type { FollowedCall } from "./followed-call.ts";
import type { FollowedCalls } from "./followed-calls.ts";
import { phoneNumber, stepHead } from "./screen.ts";
import { stepsOfRealCalls } from "./steps.ts";

/** The calls that nobody here has placed. */
export class RealCalls {
  readonly #calls: FollowedCalls;
  /** Told when one has shown its last step. */
  #onCall: () => void = () => {};

  constructor(calls: FollowedCalls) {
    this.#calls = calls;
  }

  /** Resolves when the next has shown its last step. */
  next(): Promise<void> {
    return new Promise((resolve) => {
      this.#onCall = resolve;
    });
  }

  /** Follows one from when it begins to ring; undefined where it was not heard to. */
  follow(call: CallEvent, event: Event): FollowedCall | undefined {
    if (call.type !== "call.ringing") return undefined;
    const { print, paint } = this.#calls.telling;
    print(`\n  ${paint("bold", "Call")}  from ${phoneNumber(call.from)}`);
    print(stepHead(paint));
    const followed = this.#calls.follow(call.callSid, event.at, stepsOfRealCalls);
    void followed.steps.complete.then(() => {
      this.#calls.forget(call.callSid);
      this.#onCall();
    });
    return followed;
  }
}
