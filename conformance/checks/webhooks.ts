import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import type { Check } from "../check.ts";
import { ask } from "../http.ts";
import { describeIds } from "../reader.ts";

const webhooks = 40;

export const webhookChecks: readonly Check[] = [
  {
    name: "accepts a webhook and says its number",
    question: "Is POST /hooks/:topic answered with 202 and the id of its event?",
    async run({ endpoints }) {
      for (const type of [
        "application/json",
        "application/json; charset=utf-8",
        "application/cloudevents+json",
      ]) {
        const { status, headers, body } = await ask(`${endpoints.http}/hooks/check.a_b-1`, {
          method: "POST",
          headers: { "Content-Type": type },
          body: '{"order":7}',
        });
        assert.equal(status, 202, `expected 202 for a webhook of type ${type}, got ${status}: ${body}`);
        assert.match(headers["content-type"] ?? "", /^application\/json\b/, "expected a JSON answer");
        const answer: { id?: unknown } = JSON.parse(body);
        assert(Number.isSafeInteger(answer.id), `expected a number as id, got ${body}`);
        assert.deepEqual(answer, { id: answer.id }, `expected the id alone, got ${body}`);
      }
    },
  },
  {
    name: "numbers events without gaps",
    question: "Do webhooks that arrive at once get consecutive ids, each its own?",
    async run(target) {
      const publisher = target.publisher();
      const before = await publisher.publish("first");
      const ids = (await publisher.publishMany(webhooks)).sort((a, b) => a - b);
      const wanted = Array.from({ length: webhooks }, (_, index) => before + 1 + index);
      assert.deepEqual(ids, wanted, `expected the ${webhooks} ids after ${before}, got ${describeIds(ids)}`);
    },
  },
  {
    name: "numbers events from 1",
    question: "Has the first event of a new server the id 1?",
    needs: "launch",
    async run(target) {
      const publisher = target.publisher((await target.launch()).endpoints);
      const ids = [await publisher.publish("first"), await publisher.publish("second")];
      assert.deepEqual(ids, [1, 2], `expected the ids 1 and 2, got ${ids.join(" and ")}`);
    },
  },
  {
    name: "takes the same webhook once",
    question: "Is a delivery that is sent again, by its webhook-id, answered as the first and not published?",
    async run(target) {
      const reader = await target.read();
      const send = async (id: string) => {
        const { status, body } = await ask(`${target.endpoints.http}/hooks/check`, {
          method: "POST",
          headers: { "Content-Type": "application/json", "webhook-id": id },
          body: '{"order":8}',
        });
        assert.equal(status, 202, `expected 202 for a webhook with an id, got ${status}: ${body}`);
        return body;
      };
      const id = randomUUID();
      const first = await send(id);
      assert.equal(await send(id), first, `expected the answer ${first} to the same webhook, got another`);
      const next = await send(randomUUID());
      const { id: from }: { id: number } = JSON.parse(first);
      const { id: to }: { id: number } = JSON.parse(next);
      assert.equal(to, from + 1, `expected ${from + 1} for a webhook of another id, got ${to}`);
      await reader.untilId(to);
      reader.assertIds(from, to);
    },
  },
];
