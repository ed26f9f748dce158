import assert from "node:assert/strict";
import { seededRandom } from "../../bench/stats/random.ts";
import type { Check, Target } from "../check.ts";
import { describeIds } from "../reader.ts";

export const stormChecks: readonly Check[] = [
  storm("survives a few subscribers that come and go", 10, 40),
  storm("survives a reconnect storm", 100, 1_000),
];

function storm(name: string, subscribers: number, events: number): Check {
  return {
    name,
    question:
      `Does each of ${subscribers} subscribers that drop and come back at random get each of ` +
      `${events} events once, in order?`,
    async run(target) {
      const publisher = target.publisher();
      const before = await publisher.publish("before the storm");
      const last = before + events;
      const wanderers = Array.from({ length: subscribers }, (_, index) =>
        wander(target, { subscribers, events, before, last, random: seededRandom(index + 1) }),
      );
      // Rejections of the two sides must be met together, or the later one would have nobody to hear it.
      const [received] = await Promise.all([Promise.all(wanderers), publisher.publishMany(events)]);
      for (const [index, ids] of received.entries()) {
        const right = ids.length === events && ids.every((id, at) => id === before + 1 + at);
        assert(right, `expected ${before + 1}-${last} for subscriber ${index}, got ${describeIds(ids)}`);
      }
    },
  };
}

interface Storm {
  readonly subscribers: number;
  readonly events: number;
  readonly before: number;
  readonly last: number;
  readonly random: () => number;
}

/** Reads up to event `last`, dropping the connection about three times on the way; gives the ids received. */
async function wander(target: Target, { subscribers, events, before, last, random }: Storm) {
  const ids: number[] = [];
  let after = before;
  const pollMs = target.pace.pollMs * Math.ceil(subscribers / 10);
  while (after < last) {
    const stay = 1 + Math.floor((random() * 2 * events) / 3);
    const reader = await target.read({ after, pollMs });
    await reader.until(`event ${last}`, () => reader.cursor() >= last || reader.events.length >= stay);
    reader.close();
    ids.push(...reader.ids);
    after = reader.cursor();
  }
  return ids;
}
