import assert from "node:assert/strict";
import type { Event } from "../../servers/contract.ts";
import type { Check } from "../check.ts";

const subscribers = 5;
const webhooks = 60;

export const deliveryChecks: readonly Check[] = [
  {
    name: "delivers events in their form",
    question: "Has an event exactly id, type, at and data, as the webhook had it?",
    async run(target) {
      const reader = await target.read();
      const beforeMs = Date.now();
      const id = await target.publisher().publish({ order: 7 }, "orders.new");
      const afterMs = Date.now();
      await reader.untilId(id);
      const [event] = reader.events;
      assert(event, "expected an event, got none");
      const wanted: Event = { id, type: "hook.orders.new", at: event.at, data: { order: 7 } };
      assert.deepEqual(event, wanted, `expected ${JSON.stringify(wanted)}, got ${JSON.stringify(event)}`);
      // A second of tolerance either way: a server elsewhere has a clock of its own.
      const inTime = event.at >= beforeMs - 1_000 && event.at <= afterMs + 1_000;
      assert(inTime, `expected "at" between ${beforeMs} and ${afterMs}, got ${event.at}`);
    },
  },
  {
    name: "delivers each event once, in order, to every subscriber",
    question: "Do several subscribers get the same events while several senders send at once?",
    async run(target) {
      const readers = await Promise.all(Array.from({ length: subscribers }, () => target.read()));
      const ids = await target.publisher().publishMany(webhooks, (index) => ({ index }));
      const first = Math.min(...ids);
      const last = Math.max(...ids);
      await Promise.all(readers.map((reader) => reader.untilId(last)));
      for (const reader of readers) {
        reader.assertIds(first, last);
        assert.deepEqual(reader.events, readers[0]?.events, "expected the same events for all subscribers");
      }
      const sent = readers[0]?.events.map(({ data }) => JSON.stringify(data)).sort();
      const wanted = Array.from({ length: webhooks }, (_, index) => JSON.stringify({ index })).sort();
      assert.deepEqual(sent, wanted, "expected the data of each webhook in exactly one event");
    },
  },
  {
    name: "begins with what happens from now on",
    question: "Does a subscriber without a cursor get later events only, and all of them?",
    async run(target) {
      const publisher = target.publisher();
      await publisher.publish("before");
      const reader = await target.read();
      const id = await publisher.publish("after");
      await reader.untilId(id);
      reader.assertIds(id, id);
      assert.deepEqual(reader.gaps, [], "expected no gap notice");
    },
  },
];
