import assert from "node:assert/strict";
import type { Check } from "../check.ts";
import { connectTo, exchange } from "../http.ts";

const webhooks = 20;

export const resumeChecks: readonly Check[] = [
  {
    name: "resumes from any cursor",
    question: "Does a subscriber get each event after its cursor, and then the live ones?",
    async run(target) {
      const publisher = target.publisher();
      const before = await publisher.publish("before");
      for (let index = 0; index < webhooks; index++) await publisher.publish(index);
      const last = before + webhooks;
      const cursors = Array.from({ length: webhooks + 1 }, (_, index) => before + index);
      const readers = await Promise.all(cursors.map((after) => target.read({ after })));
      const live = await publisher.publish("live");
      for (const [index, reader] of readers.entries()) {
        await reader.untilId(live);
        reader.assertIds(before + index + 1, last + 1);
        assert.deepEqual(reader.gaps, [], `expected no gap notice after the cursor ${before + index}`);
        assert.equal(reader.cursor(), live, "expected the cursor of the last event");
      }
    },
  },
  {
    name: "resumes from the newest cursor it was given",
    question: "Does Last-Event-ID, which a browser sends when it reconnects, win over the address?",
    transports: ["streaming"],
    async run(target) {
      const publisher = target.publisher();
      const before = await publisher.publish("before");
      const last = (await publisher.publishMany(3)).length + before;
      const socket = await connectTo(target.endpoints.http);
      target.afterwards(() => socket.destroy());
      const request = `GET /events/stream?after=${before} HTTP/1.1\r\nHost: check\r\nLast-Event-ID: ${last - 1}\r\n\r\n`;
      const received = await exchange(socket, request, (text) => text.includes(`"id":${last},`));
      const ids = [...received.matchAll(/"id":(\d+),/g)].map(([, id]) => Number(id));
      assert.deepEqual(ids, [last], `expected the event ${last} alone, got ${ids.join(", ") || received}`);
    },
  },
];
