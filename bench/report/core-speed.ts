import type { CoreSpeed, Run, Trial } from "../result.ts";
import { median } from "../stats/median.ts";
import { formatNumber } from "./format.ts";

/** Below this share of the run's usual speed a trial was measured on what is another machine. */
const slowBelowPercent = 75;

const cores = ["server", "load"] as const satisfies (keyof CoreSpeed)[];

/** What the run's trials say of a core: `412 to 955 turns/µs, median 900`; undefined without a trial. */
export function coreSpeedText(run: Run, core: keyof CoreSpeed): string | undefined {
  const speeds = speedsOf(run, core);
  const usual = median(speeds);
  if (usual === undefined) return undefined;
  const [slowest, quickest] = [Math.min(...speeds), Math.max(...speeds)].map(formatNumber);
  if (slowest === quickest) return `${slowest} turns/µs`;
  return `${slowest} to ${quickest} turns/µs, median ${formatNumber(usual)}`;
}

/** The completed trials of these that were slow, each as its percentage of the run's usual speed. */
export function slowTrials(run: Run, trials: readonly Trial[]): number[] {
  const usual = { server: median(speedsOf(run, "server")), load: median(speedsOf(run, "load")) };
  return trials
    .filter(({ outcome }) => outcome.state === "completed")
    .map(({ coreSpeed }) => Math.min(...cores.map((core) => (coreSpeed[core] / (usual[core] ?? 1)) * 100)))
    .filter((percent) => Math.round(percent) < slowBelowPercent);
}

function speedsOf(run: Run, core: keyof CoreSpeed): number[] {
  return run.trials.map(({ coreSpeed }) => coreSpeed[core]);
}
