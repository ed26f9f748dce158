import { Arrivals } from "./arrivals.ts";
import { FollowedCall } from "./followed-call.ts";
import { noticeLine, type Paint, stepLine } from "./screen.ts";
import type { ServerProcess } from "./server-process.ts";
import { CallSteps, type StepNumber } from "./steps.ts";

export interface Telling {
  readonly servers: readonly [ServerProcess, ...ServerProcess[]];
  readonly paint: Paint;
  print(text: string): void;
}

/** The calls that are under way, each of whose steps is told. */
export class FollowedCalls {
  readonly telling: Telling;
  readonly #calls = new Map<string, FollowedCall>();

  constructor(telling: Telling) {
    this.telling = telling;
  }

  /** `beganMs`: when the call began, in milliseconds since 1970. */
  follow(callSid: string, beganMs: number, expected: readonly StepNumber[]): FollowedCall {
    const { servers, print, paint } = this.telling;
    const steps = new CallSteps(callSid, expected, beganMs, (step, before) =>
      print(stepLine(step, before, paint)),
    );
    const followed = new FollowedCall(steps, new Arrivals(servers.map(({ name }) => name)));
    this.#calls.set(callSid, followed);
    return followed;
  }

  get(callSid: string): FollowedCall | undefined {
    return this.#calls.get(callSid);
  }

  /** The call is over. */
  forget(callSid: string): void {
    this.#calls.delete(callSid);
  }

  /** A line beside the steps. */
  notice(text: string): void {
    this.telling.print(noticeLine(text, this.telling.paint));
  }
}

export function epochMs(): number {
  return performance.timeOrigin + performance.now();
}
