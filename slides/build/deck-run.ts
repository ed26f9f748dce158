/** What the placeholders of a deck are filled from: one run, what it says of the claims, and where live pages are. */
import type { Chart } from "../../bench/charts/chart.ts";
import { loadCharts } from "../../bench/charts/index.ts";
import { verdictsOf } from "../../bench/claims/index.ts";
import type { Verdict } from "../../bench/claims/verdict.ts";
import type { Run } from "../../bench/result.ts";
import { named } from "./placeholder.ts";

/** Addresses of pages that are served while the deck is shown; absent where nothing is. */
export interface LiveAddresses {
  readonly dashboard?: string;
  readonly compare?: string;
}

export interface DeckRun {
  readonly run: Run;
  readonly verdicts: readonly Verdict[];
  readonly charts: readonly Chart[];
  readonly live: LiveAddresses;
}

export async function deckRun(run: Run, live: LiveAddresses): Promise<DeckRun> {
  return { run, verdicts: verdictsOf(run), charts: await loadCharts(), live };
}

/** What the run says of a claim. */
export function verdictNamed({ verdicts }: DeckRun, name: string | undefined): Verdict {
  const claims = verdicts.map((verdict) => ({ name: verdict.claim.name, verdict }));
  return named("the name of a claim", claims, name).verdict;
}

/** What stands in place of a figure that a run was not made to measure. */
export const notMeasured = "not measured in this run";
