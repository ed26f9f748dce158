/** A process that stays on one core and, when asked, says how fast that core is just now. */
import { nowMs } from "../load/clock.ts";
import { serve } from "../load/rpc.ts";

/** About two milliseconds on a core of today. */
const turns = 2_000_000;

/** The best of so many is what the core can do; the others were interrupted. */
const tries = 4;

/** Warms up the loop: compiled code is what the later readings are of. */
const rehearsals = 3;

function turnsPerUs(): number {
  const startMs = nowMs();
  let state = 1;
  for (let turn = 0; turn < turns; turn++) state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
  const elapsedUs = (nowMs() - startMs) * 1_000;
  // The loop's result is used, so that no compiler may leave the loop out.
  return elapsedUs > 0 ? turns / elapsedUs : state;
}

function measure(): number {
  return Math.max(...Array.from({ length: tries }, turnsPerUs));
}

for (let rehearsal = 0; rehearsal < rehearsals; rehearsal++) turnsPerUs();

const methods = { measure };
export type CoreSpeedMethods = typeof methods;
serve(methods);
