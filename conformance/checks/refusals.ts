import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import type { Check } from "../check.ts";
import { ask, connectTo, exchange, type HttpReply, type Question } from "../http.ts";
import { maxBodyBytes } from "./payloads.ts";

const json = { "Content-Type": "application/json" };

export const refusalChecks: readonly Check[] = [
  {
    name: "refuses a body that is not JSON",
    question: "Is it 400 for an empty, a broken and a badly encoded body?",
    async run({ endpoints }) {
      const bodies = ["", " ", "{", "{'a':1}", "[1,]", "undefined", '"\n"', Buffer.from([0x22, 0xff, 0x22])];
      for (const body of bodies) {
        const reply = await post(endpoints.http, { headers: json, body });
        assertRefused(reply, 400, `a body of ${JSON.stringify(String(body))}`);
      }
    },
  },
  {
    name: "refuses JSON that is nested too deeply",
    question: "Is a body that only a machine would write answered with 400 rather than a failure?",
    async run({ endpoints }) {
      for (const depth of [10_000, maxBodyBytes / 2]) {
        const reply = await post(endpoints.http, {
          headers: json,
          body: "[".repeat(depth) + "]".repeat(depth),
        });
        assertRefused(reply, 400, `arrays ${depth} deep`);
      }
    },
  },
  {
    name: "refuses a webhook without a genuine signature",
    question:
      "With a secret, is it 401 for unsigned, wrongly signed and old webhooks, and 202 for a genuine one?",
    needs: "launch",
    async run(target) {
      const secret = `whsec_${Buffer.from("a secret of the conformance suite").toString("base64")}`;
      const { endpoints } = await target.launch({ webhookSecret: secret });
      const body = '{"signed":true}';
      const now = Math.floor(Date.now() / 1_000);
      const genuine = sign(secret, body, now);
      const wrong = {
        "no signature": {},
        "no id": { ...genuine, "webhook-id": "" },
        "another id": { ...genuine, "webhook-id": "msg_other" },
        "another time": { ...genuine, "webhook-timestamp": String(now - 1) },
        "another body": sign(secret, "{}", now),
        "another secret": sign(`whsec_${Buffer.from("another").toString("base64")}`, body, now),
        "an old time": sign(secret, body, now - 600),
        "a time to come": sign(secret, body, now + 600),
      };
      for (const [what, headers] of Object.entries(wrong)) {
        const reply = await post(endpoints.http, { headers: { ...json, ...headers }, body });
        assertRefused(reply, 401, `a webhook with ${what}`);
      }
      const reply = await post(endpoints.http, { headers: { ...json, ...genuine }, body });
      assert.deepEqual(
        [reply.status, JSON.parse(reply.body)],
        [202, { id: 1 }],
        "expected 202 for a genuine one",
      );
    },
  },
  {
    name: "refuses a body over 64 KiB",
    question: "Is it 413, with a length and in chunks, without waiting for a body that does not come?",
    async run(target) {
      const { http } = target.endpoints;
      const body = `"${"x".repeat(maxBodyBytes - 1)}"`;
      assertRefused(await post(http, { headers: json, body }), 413, "a body of 64 KiB and 1 byte");
      const head = "POST /hooks/check HTTP/1.1\r\nHost: check\r\nContent-Type: application/json\r\n";
      const chunk = `8080\r\n${"x".repeat(0x8080)}\r\n`;
      const unfinished = {
        "a body of 100 MiB, announced": `${head}Content-Length: 104857600\r\n\r\n"xxx`,
        "chunks that go on": `${head}Transfer-Encoding: chunked\r\n\r\n${chunk}${chunk}`,
      };
      for (const [what, bytes] of Object.entries(unfinished)) {
        const socket = await connectTo(http);
        target.afterwards(() => socket.destroy());
        const deadline = setTimeout(() => socket.destroy(), 5_000);
        const received = await exchange(
          socket,
          bytes,
          (text) => text.includes("\r\n\r\n{") && text.endsWith("}"),
        );
        clearTimeout(deadline);
        const status = /^HTTP\/1\.1 (\d{3})/.exec(received)?.[1];
        assert.equal(status, "413", `expected 413 for ${what}, got ${received || "no answer"}`);
      }
    },
  },
  {
    name: "refuses a body of another type",
    question: "Is it 415 for another Content-Type, for none, and for a Content-Encoding?",
    async run({ endpoints }) {
      const types = ["text/plain", "application/x-www-form-urlencoded", "application/jsonx", "json"];
      for (const type of types) {
        const reply = await post(endpoints.http, { headers: { "Content-Type": type }, body: "{}" });
        assertRefused(reply, 415, `Content-Type ${type}`);
      }
      assertRefused(await post(endpoints.http, { body: "{}" }), 415, "no Content-Type");
      const headers = { ...json, "Content-Encoding": "gzip" };
      assertRefused(await post(endpoints.http, { headers, body: "{}" }), 415, "Content-Encoding gzip");
    },
  },
  {
    name: "refuses webhooks beyond its rate",
    question: "With a limit, is it 429 with Retry-After beyond it?",
    needs: "launch",
    async run(target) {
      const { endpoints } = await target.launch({ webhooksPerSecond: 2 });
      const questions = Array.from({ length: 12 }, () => post(endpoints.http, { headers: json, body: "{}" }));
      const replies = await Promise.all(questions);
      const accepted = replies.filter(({ status }) => status === 202);
      const refused = replies.filter(({ status }) => status !== 202);
      assert(accepted.length >= 2, `expected a second's worth, 2, to be accepted, got ${accepted.length}`);
      assert(refused.length > 0, "expected some of 12 webhooks at once to be refused, got none");
      for (const reply of refused) {
        assertRefused(reply, 429, "a webhook beyond the rate");
        assert.equal(reply.headers["retry-after"], "1", "expected Retry-After in whole seconds");
      }
    },
  },
  {
    name: "refuses paths that it does not have",
    question: "Is it 404 for other paths and for topics that are none?",
    async run({ endpoints }) {
      const paths = [
        "/nothing",
        "/healthz/x",
        "/hooks",
        "/hooks/",
        "/hooks/a/b",
        "/hooks/%20",
        `/hooks/${"x".repeat(65)}`,
      ];
      for (const path of paths) {
        assertRefused(await ask(`${endpoints.http}${path}`), 404, `GET ${path}`);
        const reply = await ask(`${endpoints.http}${path}`, { method: "POST", headers: json, body: "{}" });
        assertRefused(reply, 404, `POST ${path}`);
      }
    },
  },
  {
    name: "refuses other methods",
    question: "Is it 405 with Allow for GET /hooks/x and POST /healthz?",
    async run({ endpoints }) {
      for (const method of ["GET", "PUT", "DELETE"]) {
        const reply = await ask(`${endpoints.http}/hooks/check`, { method });
        assertRefused(reply, 405, `${method} /hooks/check`);
        assert.equal(reply.headers.allow, "POST", `expected Allow: POST, got ${reply.headers.allow}`);
      }
      const reply = await ask(`${endpoints.http}/healthz`, { method: "POST", headers: json, body: "{}" });
      assertRefused(reply, 405, "POST /healthz");
      assert.match(
        reply.headers.allow ?? "",
        /\bGET\b/,
        `expected Allow with GET, got ${reply.headers.allow}`,
      );
    },
  },
  {
    name: "refuses a cursor that is none",
    question: "Is it 400 for ?after=x and the like?",
    transports: ["polling", "comet", "streaming"],
    async run({ endpoints, transport }) {
      const path = transport === "streaming" ? "/events/stream" : "/events";
      for (const after of ["x", "-1", "1.5", "1e3", "0x10", "99999999999999999999", "1%00", "NaN"]) {
        assertRefused(await ask(`${endpoints.http}${path}?after=${after}`), 400, `?after=${after}`);
      }
      if (transport !== "comet") return;
      for (const wait of ["x", "-1", "61", "0.5"]) {
        assertRefused(await ask(`${endpoints.http}/events?after=0&wait=${wait}`), 400, `?wait=${wait}`);
      }
    },
  },
];

function post(httpUrl: string, question: Question): Promise<HttpReply> {
  return ask(`${httpUrl}/hooks/check`, { method: "POST", ...question });
}

/** Every refusal says why, in one form. */
function assertRefused({ status, headers, body }: HttpReply, wanted: number, what: string): void {
  assert.equal(status, wanted, `expected ${wanted} for ${what}, got ${status}: ${body.slice(0, 200)}`);
  assert.match(headers["content-type"] ?? "", /^application\/json\b/, `expected a JSON answer to ${what}`);
  const refusal: { error?: unknown } = JSON.parse(body);
  assert.deepEqual(Object.keys(refusal), ["error"], `expected { error } for ${what}, got ${body}`);
  assert(
    typeof refusal.error === "string" && refusal.error !== "",
    `expected a sentence for ${what}, got ${body}`,
  );
}

/** Signs as the Standard Webhooks specification says, section "Signature scheme". */
function sign(secret: string, body: string, seconds: number): Record<string, string> {
  const key = Buffer.from(secret.replace("whsec_", ""), "base64");
  const id = "msg_conformance";
  const digest = createHmac("sha256", key).update(`${id}.${seconds}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": String(seconds), "webhook-signature": `v1,${digest}` };
}
