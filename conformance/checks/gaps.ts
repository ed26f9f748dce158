import assert from "node:assert/strict";
import type { Check } from "../check.ts";

/** Events that the servers of this check keep, and no more: few, so that there soon are more. */
const historyEvents = 10;

export const gapChecks: readonly Check[] = [
  {
    name: "tells of a gap when the cursor is ahead of it",
    question: "Does a subscriber that knows later events than the server learn where it goes on?",
    needs: "launch",
    async run(target) {
      const { endpoints } = await target.launch();
      const empty = await target.read({ endpoints, after: 50 });
      await empty.until("a gap notice from a server without events", () => empty.gaps.length > 0);
      const publisher = target.publisher(endpoints);
      for (let index = 0; index < 5; index++) await publisher.publish(index);
      const full = await target.read({ endpoints, after: 50 });
      const last = await publisher.publish("live");
      for (const reader of [empty, full]) {
        await reader.untilId(last);
        assert.deepEqual(reader.gaps, [{ after: 50, next: 1 }], "expected the notice of one gap");
        reader.assertIds(1, last);
      }
    },
  },
  {
    name: "tells of a gap when the cursor is older than its history",
    question: "Is what lies before the events it keeps named, not left out in silence?",
    needs: "launch",
    async run(target) {
      const { endpoints } = await target.launch({ historyEvents });
      const publisher = target.publisher(endpoints);
      const dropped = 5;
      await publisher.publishMany(historyEvents + dropped);
      const last = historyEvents + dropped;
      const kept = await target.read({ endpoints, after: dropped });
      const lost = await target.read({ endpoints, after: dropped - 1 });
      const oldest = await target.read({ endpoints, after: 0 });
      for (const reader of [kept, lost, oldest]) await reader.untilId(last);
      assert.deepEqual(kept.gaps, [], `expected no gap: ${historyEvents} events are kept`);
      assert.deepEqual(
        lost.gaps,
        [{ after: dropped - 1, next: dropped + 1 }],
        "expected the notice of a gap",
      );
      assert.deepEqual(oldest.gaps, [{ after: 0, next: dropped + 1 }], "expected the notice of a gap");
      for (const reader of [kept, lost, oldest]) reader.assertIds(dropped + 1, last);
    },
  },
];
