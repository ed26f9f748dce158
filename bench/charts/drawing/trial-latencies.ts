import { type Cell, type FigureSummary, summarise } from "../../report/cells.ts";
import { LatencyHistogram } from "../../stats/histogram.ts";

/** What one completed trial recorded. */
export interface TrialLatencies {
  readonly histogram: LatencyHistogram;
  /** Deliveries that should have been and were not. */
  readonly missing: number;
}

/** The latencies of each completed trial that recorded any. */
export function trialLatencies({ trials }: Cell): TrialLatencies[] {
  return trials.flatMap(({ outcome }) => {
    if (outcome.state !== "completed" || outcome.histograms.latency === undefined) return [];
    const histogram = LatencyHistogram.decode(outcome.histograms.latency);
    return histogram.count === 0 ? [] : [{ histogram, missing: outcome.errors.missing }];
  });
}

/**
 * The latency that `percent` of a trial's deliveries did not exceed, over the trials: each has its own, as each has a
 * figure of its own, and they vary as the trials do. Undefined of no trial.
 */
export function percentileOver(
  trials: readonly TrialLatencies[],
  percent: number,
): FigureSummary | undefined {
  const values = trials.flatMap(({ histogram }) => histogram.percentileMs(percent) ?? []);
  return values.length === 0 ? undefined : summarise(values);
}

/**
 * How long it took until `percent` of all that should be delivered was, over the trials. Undefined of no trial, and where
 * any of them has never come so far.
 */
export function completionOver(
  trials: readonly TrialLatencies[],
  percent: number,
): FigureSummary | undefined {
  const values = trials.flatMap(({ histogram, missing }) => {
    const ofDelivered = (percent * (histogram.count + missing)) / histogram.count;
    return ofDelivered > 100 ? [] : (histogram.percentileMs(ofDelivered) ?? []);
  });
  return values.length === 0 || values.length < trials.length ? undefined : summarise(values);
}
