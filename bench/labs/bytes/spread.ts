import { setTimeout } from "node:timers/promises";
import { nowMs } from "../../load/clock.ts";
import { Pacing } from "../../load/pacing.ts";

/** Messages to so many clients: each gets one an interval, and all of them are spread evenly over it. */
export interface SpreadOrder {
  readonly clients: number;
  readonly intervalMs: number;
  readonly rounds: number;
}

/** Calls `message` with the number of a client whenever that is due; over when the last round is. */
export async function spread(
  { clients, intervalMs, rounds }: SpreadOrder,
  message: (client: number) => void,
): Promise<void> {
  const startMs = nowMs();
  const pacing = new Pacing((clients / intervalMs) * 1_000, startMs);
  const all = clients * rounds;
  let sent = 0;
  while (sent < all) {
    const due = Math.min(all, pacing.dueBy(nowMs()));
    for (; sent < due; sent++) message(sent % clients);
    await setTimeout(Math.max(1, pacing.dueAtMs(sent) - nowMs()));
  }
}
