import { setTimeout as wait } from "node:timers/promises";
import type { Arrivals } from "./arrivals.ts";
import type { CallSteps } from "./steps.ts";

/** What is seen of a call: its steps, and its pushes from every server. */
export class FollowedCall {
  readonly steps: CallSteps;
  readonly arrivals: Arrivals;

  constructor(steps: CallSteps, arrivals: Arrivals) {
    this.steps = steps;
    this.arrivals = arrivals;
  }

  /** What has not been seen when so much time is over; empty, and at once, when all has. */
  async missingAfter(ms: number, signal: AbortSignal): Promise<string> {
    const deadline = new AbortController();
    const late = wait(ms, undefined, { signal: AbortSignal.any([signal, deadline.signal]) });
    try {
      await Promise.race([Promise.all([this.steps.complete, this.arrivals.complete]), late]);
    } finally {
      late.catch(() => {});
      deadline.abort();
    }
    const steps = this.steps.missing().map((number) => `step ${number}`);
    return [...steps, ...this.arrivals.missing().map((server) => `a push of ${server}`)].join(", ");
  }
}
