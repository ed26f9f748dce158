import assert from "node:assert/strict";
import type { Check } from "../check.ts";
import { ask } from "../http.ts";

export const healthChecks: readonly Check[] = [
  {
    name: "says that it is well",
    question: "Does GET /healthz answer 200 with the server's name?",
    async run({ endpoints, serverName }) {
      const { status, headers, body } = await ask(`${endpoints.http}/healthz`);
      assert.equal(status, 200, `expected 200 from GET /healthz, got ${status}: ${body}`);
      assert.match(headers["content-type"] ?? "", /^application\/json\b/, "expected a JSON answer");
      const health: unknown = JSON.parse(body);
      const name = serverName ?? nameIn(health);
      assert.deepEqual(
        health,
        { status: "ok", server: name },
        `expected the state and the name, got ${body}`,
      );
    },
  },
];

function nameIn(health: unknown): unknown {
  return typeof health === "object" && health !== null && "server" in health ? health.server : undefined;
}
