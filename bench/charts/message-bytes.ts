import { type Cell, type FigureSummary, summarise } from "../report/cells.ts";
import type { Completed, Trial } from "../result.ts";
import { type PairedRatio, pairedRatio } from "../stats/paired.ts";

/** What one message takes of the network, parted by who adds it. Of each part the median over the trials. */
export interface MessageBytes {
  readonly payload: FigureSummary;
  /** Headers and framing of the application's protocol. */
  readonly header: FigureSummary;
  /** Headers of TCP and IP, acknowledgements too; undefined where this machine does not tell. */
  readonly network: FigureSummary | undefined;
  /** All of it, or without the network where that is not to be had. */
  readonly total: FigureSummary;
  readonly packets: FigureSummary | undefined;
}

/** Undefined for a cell without the figures. */
export function messageBytesOf({ trials }: Cell): MessageBytes | undefined {
  const of = (read: (figures: Completed["figures"]) => number | undefined) => summaryOf(trials, read);
  const payload = of(({ applicationBytes, headerBytes }) => difference(applicationBytes, headerBytes));
  const header = of(({ headerBytes }) => headerBytes);
  const total = of(totalBytes);
  if (payload === undefined || header === undefined || total === undefined) return undefined;
  return {
    ...{ payload, header, total },
    network: of(({ wireBytes, applicationBytes }) => difference(wireBytes, applicationBytes)),
    packets: of(({ packets }) => packets),
  };
}

/** How many times the bytes of the one arm those of the other are, paired within blocks. */
export function bytesRatio(one: Cell, other: Cell): PairedRatio {
  return pairedRatio(totals(one), totals(other));
}

/** A block that two sittings share is two: its figures are not paired across them. */
function totals({ trials }: Cell): Map<number, number> {
  return new Map(
    trials.flatMap(({ outcome, block, sitting }) => {
      const total = outcome.state === "completed" ? totalBytes(outcome.figures) : undefined;
      return total === undefined ? [] : [[block + sitting * 1_000_000, total] as const];
    }),
  );
}

function totalBytes({ wireBytes, applicationBytes }: Completed["figures"]): number | undefined {
  return wireBytes ?? applicationBytes;
}

function summaryOf(
  trials: readonly Trial[],
  read: (figures: Completed["figures"]) => number | undefined,
): FigureSummary | undefined {
  const values = trials.flatMap(({ outcome }) =>
    outcome.state === "completed" ? (read(outcome.figures) ?? []) : [],
  );
  return values.length === 0 ? undefined : summarise(values);
}

function difference(all: number | undefined, part: number | undefined): number | undefined {
  return all === undefined || part === undefined ? undefined : all - part;
}
