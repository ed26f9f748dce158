/** The steps of one call as they are seen from several places, told in the order in which the talk counts them. */
import { type Step, type StepNumber, stepNames } from "./fake-twilio/step.ts";

export type { Step, StepNumber } from "./fake-twilio/step.ts";

export const allSteps: readonly StepNumber[] = [1, 2, 3, 4, 5, 6, 7, 8, 9];

/** What can be seen of a call that a real telephone company carries: the webhooks, the pushes and the recording. */
export const stepsOfRealCalls: readonly StepNumber[] = [2, 3, 7, 8, 9];

/** Hears of a step once all before it have been told; `before` is the one told last. */
export type StepTeller = (step: Step, before: Step | undefined) => void;

export class CallSteps {
  readonly callSid: string;
  /** Resolves when the last step has been told. */
  readonly complete: Promise<void>;
  readonly #awaited: StepNumber[];
  readonly #held = new Map<StepNumber, Step>();
  readonly #tell: StepTeller;
  readonly #beganMs: number;
  #before: Step | undefined;
  #resolve: () => void = () => {};

  /** `beganMs`: when the call began, in milliseconds since 1970. */
  constructor(callSid: string, expected: readonly StepNumber[], beganMs: number, tell: StepTeller) {
    this.callSid = callSid;
    this.#awaited = [...expected];
    this.#beganMs = beganMs;
    this.#tell = tell;
    this.complete = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  /** A step that happened at `epochMs`, milliseconds since 1970. */
  happened(number: StepNumber, epochMs: number, detail: string): void {
    const atMs = epochMs - this.#beganMs;
    this.see({ number, name: stepNames[number], atMs, detail, callSid: this.callSid });
  }

  see(step: Step): void {
    if (!this.#awaited.includes(step.number)) return;
    this.#held.set(step.number, step);
    for (;;) {
      const [number] = this.#awaited;
      const next = number && this.#held.get(number);
      if (!next) break;
      this.#awaited.shift();
      this.#tell(next, this.#before);
      this.#before = next;
    }
    if (this.#awaited.length === 0) this.#resolve();
  }

  /** Those that have not been seen. */
  missing(): StepNumber[] {
    return this.#awaited.filter((number) => !this.#held.has(number));
  }
}
