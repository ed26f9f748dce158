/**
 * What a lab is: a scenario that compares arms of its own in place of the servers, and brings the load to do it.
 * Everything else is as with servers: cells, blocks, trials, medians and intervals. Types only.
 */
import type { Arm, Column, Completed, ErrorCounts, LoadProcessUse, Point } from "../result.ts";
import type { RunOptions } from "../run/options.ts";
import type { LatencyHistogram } from "../stats/histogram.ts";
import type { LabBench } from "./bench.ts";

export interface Lab {
  readonly name: string;
  readonly question: string;
  /** What answers the question. */
  readonly columns: readonly Column[];
  /** In the order of every table; one that this machine cannot run reads as exempt, with the reason. */
  readonly arms: readonly Arm[];
  /** What holds for all its trials in this run, as sentences. */
  conditions(options: RunOptions): readonly string[];
  /** What is measured in each block: which arms, at which points. Decided by the options alone. */
  cells(options: RunOptions): readonly LabCell[];
  /** Blocks, where the profile's number is not right: what is counted exactly need not be repeated. */
  blocks?(options: RunOptions): number;
  /** Sees to it, before a run begins or goes on, that what the options name is there. Throws `CannotRun`. */
  check?(options: RunOptions): Promise<void>;
  /** How long a trial is expected to take, in milliseconds; one that takes much longer is ended. */
  expectedMs(cell: LabCell, options: RunOptions): number;
  /** Measures one trial. What it throws makes the trial a failed one. */
  measure(cell: LabCell, bench: LabBench): Promise<LabReading>;
}

export interface LabCell {
  readonly arm: string;
  readonly point: Point;
}

/** What one trial came to. */
export type LabReading =
  | {
      /** By the names in the lab's columns, and others that claims read; undefined where one means nothing. */
      readonly figures: Readonly<Record<string, number | undefined>>;
      /** What a reader of the figures has to know, as sentences. */
      readonly notes?: readonly string[];
      /** Latencies in milliseconds, or a histogram of them, whose whole distribution is worth keeping, by name. */
      readonly distributions?: Readonly<Record<string, readonly number[] | LatencyHistogram>>;
      /** Faults seen, by kind; those that are not named are 0. */
      readonly errors?: Partial<ErrorCounts>;
      /** How busy each load process was, so that a trial the load has decided is told apart. */
      readonly load?: readonly LoadProcessUse[];
      /** How well a schedule was kept, where there was one. */
      readonly sending?: Completed["sending"];
      /** How late the relay was, where there was one. */
      readonly relayLateness?: Completed["relayLateness"];
    }
  /** Why this machine cannot run the arm. */
  | { readonly exempt: string };
