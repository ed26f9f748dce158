import type { Check } from "../result.ts";
import type { ArrivalKind } from "../stats/poisson.ts";
import type { AutocannonReport } from "./autocannon.ts";

/** What our own publisher saw of the stalls, and what it should have seen. */
export interface OwnRow {
  readonly arrivals: ArrivalKind;
  readonly measuredMs: readonly (number | undefined)[];
  readonly theoryMs: readonly (number | undefined)[];
  readonly deliveries: number;
  readonly checks: readonly Check[];
}

/** What autocannon saw of them. */
export interface AutocannonRow {
  readonly connections: number;
  readonly overallRate?: number;
  readonly report: AutocannonReport;
}
