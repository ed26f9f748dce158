import assert from "node:assert/strict";
import type { Check } from "../check.ts";
import type { Publisher } from "../publisher.ts";
import { describeIds } from "../reader.ts";
import { SubscriberProcess } from "../subscriber-process.ts";

const eventBytes = 60 * 1024;
const largeText = "x".repeat(eventBytes);
/** Few: where each connection has a thread, each has a heap of its own that may grow. */
const publishers = 2;
/** More than what the kernel's buffers and the server's allowance for one subscriber hold together. */
const enoughBytes = 60 * 1024 * 1024;

/**
 * What the server may grow by beside its history: what waits for the subscriber (1 MiB and what Node or
 * Socket.IO holds of it), and the slack of every heap after 60 KiB strings in great number.
 */
const allowedGrowthBytes = 48 * 1024 * 1024;

export const slowSubscriberChecks: readonly Check[] = [
  {
    name: "cuts off a subscriber that stops reading",
    question:
      "Is a stopped subscriber ended with a reason, while others get every event and memory is bounded?",
    transports: ["streaming", "ws", "socketio", "socketio-polling", "tcp"],
    async run(target) {
      const server = target.serverName === undefined ? undefined : await target.launch();
      const endpoints = server?.endpoints ?? target.endpoints;
      const publisher = target.publisher(endpoints, publishers);
      const reader = await target.read({ endpoints });
      const stopped = await SubscriberProcess.start(target, endpoints);
      // What a server keeps for each connection that works, a thread perhaps, must not count as growth; nor the heaps of
      // threads, which nobody can ask to collect their garbage: they have grown by then.
      const warmUp = await publisher.publishMany(256, () => largeText);
      const first = Math.min(...warmUp);
      const before = await server?.usage({ collectGarbage: true });
      stopped.stopReading();
      const published = await publishUntil(publisher, async () => {
        const usage = await server?.usage();
        return (usage?.server.cutOff ?? 0) > 0;
      });
      const { last } = published;
      const after = await server?.usage({ collectGarbage: true });
      stopped.readOn();
      if (before && after) {
        assert.equal(after.server.cutOff, 1, `expected one subscriber cut off, got ${after.server.cutOff}`);
        // The history keeps what was published, up to 64 MiB, whoever reads it.
        const grown = after.process.rssBytes - before.process.rssBytes - published.events * eventBytes;
        assert(
          grown <= allowedGrowthBytes,
          `expected at most ${allowedGrowthBytes} bytes of growth, got ${grown}`,
        );
      }
      await reader.untilId(last);
      reader.assertIds(first, last);
      const { reason, ids } = await stopped.untilEnd();
      if (server)
        assert.equal(reason, "slow subscriber", `expected the reason "slow subscriber", got "${reason}"`);
      const whole = ids.every((id, index) => id === first + index);
      assert(whole, `expected what came before the end to be whole, got ${describeIds(ids)}`);
    },
  },
];

/** Publishes large events until `cutOff`, or until that must have happened. */
async function publishUntil(publisher: Publisher, cutOff: () => Promise<boolean>) {
  let events = 0;
  for (;;) {
    const ids = await publisher.publishMany(4 * publishers, () => largeText);
    events += ids.length;
    const enough = events * eventBytes >= enoughBytes;
    if (enough || (await cutOff())) return { events, last: Math.max(...ids) };
  }
}
