import assert from "node:assert/strict";
import type { Check, Pace } from "../check.ts";
import type { Publisher } from "../publisher.ts";
import { describeIds } from "../reader.ts";
import { SubscriberProcess } from "../subscriber-process.ts";

const eventBytes = 60 * 1024;
/** More than what the kernel's buffers and the server's allowance for one subscriber hold together. */
const enoughBytes = 60 * 1024 * 1024;

/**
 * What the server may grow by beside its history: what waits for the subscriber (1 MiB and what Node or
 * Socket.IO holds of it), and the slack of every heap after 60 KiB strings in great number: a server with a
 * thread per connection has as many heaps as there are publishers.
 */
const allowedGrowthBytes = 64 * 1024 * 1024;

export const slowSubscriberChecks: readonly Check[] = [
  {
    name: "cuts off a subscriber that stops reading",
    question:
      "Is a stopped subscriber ended with a reason, while others get every event and memory is bounded?",
    transports: ["streaming", "ws", "socketio", "socketio-polling", "tcp"],
    async run(target) {
      const server = target.serverName === undefined ? undefined : await target.launch();
      const endpoints = server?.endpoints ?? target.endpoints;
      const publisher = target.publisher(endpoints);
      // What a server keeps for each connection, a thread perhaps, must not count as growth.
      await publisher.publishMany(4 * target.pace.publishers);
      const reader = await target.read({ endpoints });
      const stopped = await SubscriberProcess.start(target, endpoints);
      const before = await server?.usage(true);
      stopped.stopReading();
      const { first, last } = await publishUntil(publisher, target.pace, async () => {
        const usage = await server?.usage();
        return (usage?.server.cutOff ?? 0) > 0;
      });
      const after = await server?.usage(true);
      stopped.readOn();
      if (before && after) {
        assert.equal(after.server.cutOff, 1, `expected one subscriber cut off, got ${after.server.cutOff}`);
        // The history keeps what was published, up to 64 MiB, whoever reads it.
        const grown = after.process.rssBytes - before.process.rssBytes - (last - first + 1) * eventBytes;
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
async function publishUntil(publisher: Publisher, pace: Pace, cutOff: () => Promise<boolean>) {
  const text = "x".repeat(eventBytes);
  const first = await publisher.publish(text);
  let last = first;
  while ((last - first) * eventBytes < enoughBytes) {
    const ids = await publisher.publishMany(pace.publishers, () => text);
    last = Math.max(...ids);
    if (await cutOff()) return { first, last };
  }
  return { first, last };
}
