import { nowMs } from "./clock.ts";

/** By how much the clock of a page is ahead of the load's, as far as it is known. */
export interface ClockLead {
  readonly atLeastMs: number;
  readonly atMostMs: number;
}

/** Times that the page is asked: each answer narrows the bounds, and most of it is done by the first dozens. */
const questions = 50;

/**
 * What a page tells of its clock may be so far off. Source: High Resolution Time, "coarsen time": 100 µs where a page is
 * not cross-origin isolated.
 */
const coarseMs = 0.1;

/**
 * Compares the clock of a page, which `askMs` reads, with that of the load. The page has read it between the question and
 * the answer, so each round trip says between which bounds its lead lies: where they overlap, all of them hold.
 */
export async function readClockLead(
  askMs: () => Promise<number>,
  nowOfLoadMs: () => number = nowMs,
): Promise<ClockLead> {
  let lead: ClockLead = { atLeastMs: Number.NEGATIVE_INFINITY, atMostMs: Number.POSITIVE_INFINITY };
  for (let question = 0; question < questions; question++) {
    const askedMs = nowOfLoadMs();
    const pageMs = await askMs();
    const answeredMs = nowOfLoadMs();
    lead = agreed(lead, {
      atLeastMs: pageMs - coarseMs - answeredMs,
      atMostMs: pageMs + coarseMs - askedMs,
    });
  }
  return lead;
}

/** The lead that both readings allow. Throws where there is none: then one clock has moved against the other. */
export function agreed(one: ClockLead, other: ClockLead): ClockLead {
  const lead = {
    atLeastMs: Math.max(one.atLeastMs, other.atLeastMs),
    atMostMs: Math.min(one.atMostMs, other.atMostMs),
  };
  if (lead.atLeastMs > lead.atMostMs) {
    const apartMs = lead.atLeastMs - lead.atMostMs;
    throw new Error(
      `expected the page's clock and the load's to keep their distance, got two readings that are ${apartMs.toFixed(3)} ms apart; latencies of this trial would be off by as much`,
    );
  }
  return lead;
}

/**
 * The middle of what is possible, and how far off a time of the page is at most once that is taken from it: the lead may be
 * another, and the page has read the time itself as coarsely as it read the others.
 */
export function estimateOf({ atLeastMs, atMostMs }: ClockLead): {
  readonly leadMs: number;
  readonly uncertaintyMs: number;
} {
  return { leadMs: (atLeastMs + atMostMs) / 2, uncertaintyMs: (atMostMs - atLeastMs) / 2 + coarseMs };
}
