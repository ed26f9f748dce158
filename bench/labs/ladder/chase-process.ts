/** A process that walks memory at random and says how long a step takes. */
import { nowMs } from "../../load/clock.ts";
import { serve } from "../../load/rpc.ts";
import { median } from "../../stats/median.ts";
import { seededRandom } from "../../stats/random.ts";
import { randomCycle, walk } from "./cycle.ts";

export interface ChaseOrder {
  readonly bytes: number;
  readonly seed: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
}

/** Steps between two looks at the clock: so many that it takes no part of them, and few enough to miss most interruptions. */
const batchSteps = 4_096;

/** The median over batches, of what a step takes, in nanoseconds. */
function chase({ bytes, seed, warmUpMs, measureMs }: ChaseOrder): number {
  const next = randomCycle(bytes, seededRandom(seed));
  let at = 0;
  const walkFor = (durationMs: number): number[] => {
    const stepNs: number[] = [];
    const endMs = nowMs() + durationMs;
    do {
      const startNs = process.hrtime.bigint();
      at = walk(next, at, batchSteps);
      stepNs.push(Number(process.hrtime.bigint() - startNs) / batchSteps);
    } while (nowMs() < endMs);
    return stepNs;
  };
  walkFor(warmUpMs);
  const stepNs = median(walkFor(measureMs));
  // Also keeps the walk from being left out as one whose end nobody asks for.
  if (stepNs === undefined || next[at] === undefined) throw new Error("expected a walk, got none");
  return stepNs;
}

const methods = { chase };
export type ChaseMethods = typeof methods;
serve(methods);
