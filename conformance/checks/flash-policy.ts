import assert from "node:assert/strict";
import type { Check } from "../check.ts";
import { connectTo, exchange } from "../http.ts";
import { within } from "../wait.ts";

export const flashPolicyChecks: readonly Check[] = [
  {
    name: "answers a Flash policy request",
    question: "Does the tcp port answer `<policy-file-request/>` with a policy that names it, and hang up?",
    transports: ["tcp"],
    async run(target) {
      const { tcp } = target.endpoints;
      assert(tcp, "expected a tcp endpoint, got none");
      const socket = await connectTo(tcp);
      target.afterwards(() => socket.destroy());
      const answer = exchange(socket, "<policy-file-request/>\0");
      const policy = await within(target.pace.deadlineMs, "a policy and the end of the connection", answer);
      assert.match(policy, /^<\?xml version="1\.0"\?>\s*<cross-domain-policy>/);
      assert(
        policy.includes(`to-ports="${new URL(tcp).port}"`),
        `expected a policy for ${tcp}, got ${policy}`,
      );
      assert(policy.endsWith("</cross-domain-policy>\0"), `expected one NUL, at the end, got ${policy}`);
    },
  },
];
