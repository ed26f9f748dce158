import { setTimeout } from "node:timers/promises";
import type { Traffic } from "../scenarios/scenario.ts";

export type RoundsTraffic = Extract<Traffic, { kind: "rounds" }>;

/** What a round is made of. */
export interface RoundSteps {
  /** Lets so much of a polling subscriber's interval pass: 1 is all of it. */
  pause(polls: number): Promise<void>;
  publish(): Promise<void>;
  /** Waits until every subscriber has the event; gives how many have not, once patience is over. */
  drain(): Promise<number>;
  /** Begins a round; gives the latencies of the last. */
  nextRound(): Promise<number[]>;
}

/** Goes through the rounds of `traffic` until there are enough, or one event has not reached everyone. */
export async function runRounds(
  traffic: RoundsTraffic,
  { pause, publish, drain, nextRound }: RoundSteps,
): Promise<{ readonly rounds: readonly number[][]; readonly conductorUtilisation: number }> {
  const rounds: number[][] = [];
  const startMs = performance.now();
  const cpu = process.cpuUsage();
  let missing = 0;
  const wanted = () => rounds.length < traffic.atLeast || performance.now() - startMs < traffic.forMs;
  while (missing === 0 && rounds.length < traffic.atMost && wanted()) {
    if (rounds.length > 0) {
      if (traffic.everyMs !== undefined)
        await setTimeout(Math.max(0, startMs + rounds.length * traffic.everyMs - performance.now()));
      await pause(traffic.pausePolls);
    }
    await publish();
    missing = await drain();
    rounds.push(await nextRound());
  }
  const { user, system } = process.cpuUsage(cpu);
  return { rounds, conductorUtilisation: (user + system) / 1_000 / (performance.now() - startMs) };
}
