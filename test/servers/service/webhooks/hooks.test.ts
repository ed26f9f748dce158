import { describe, expect, it } from "vitest";
import { withDefaults } from "../../../../servers/options.ts";
import type { HttpRequest } from "../../../../servers/service/http-answer.ts";
import { maxBodyBytes, type Outcome } from "../../../../servers/service/webhooks/dialect.ts";
import { maxNesting } from "../../../../servers/service/webhooks/json.ts";
import { hookRouteAt } from "../../../../servers/service/webhooks/routes.ts";

function receive(body: string | Uint8Array, headers: HttpRequest["headers"] = {}, secret = "") {
  const request: HttpRequest = {
    method: "POST",
    target: "/hooks/orders",
    headers: { "content-type": "application/json", ...headers },
    body: Buffer.from(body),
  };
  const hook = hookRouteAt(request.target);
  if (!hook) throw new Error(`expected a route at ${request.target}, got none`);
  const { route, topic } = hook;
  const options = withDefaults({ webhookSecret: secret });
  return route.receive(request, { options, nowMs: 1_614_265_330_000, topic });
}

const accepts = (outcome: Outcome) => outcome.events.length === 1;

const refusal = (outcome: Outcome) => {
  const { status, body } = outcome.answer([]);
  return accepts(outcome) ? "accepted" : `${status} ${JSON.parse(body.toString()).error}`;
};

describe("the path of a webhook", () => {
  it.each([
    ["/hooks/orders", "orders"],
    ["/hooks/a.B_c-9", "a.B_c-9"],
    [`/hooks/${"x".repeat(64)}`, "x".repeat(64)],
    [`/hooks/${"x".repeat(65)}`, undefined],
    ["/hooks/", undefined],
    ["/hooks", undefined],
    ["/hooks/a/b", undefined],
    ["/hooks/a%20b", undefined],
    ["/hooks/é", undefined],
    ["/hooks/a\n", undefined],
    ["/x/hooks/a", undefined],
  ])("reads %s as %s", (path, topic) => expect(hookRouteAt(path)?.topic).toBe(topic));
});

describe("POST /hooks/:topic", () => {
  it.each(["{}", "[]", "null", "0", '""', " {} ", '{"a":[1,{"b":"é"}]}'])("accepts %s", (body) => {
    const outcome = receive(body);
    expect(outcome.events).toEqual([{ type: "hook.orders", data: JSON.parse(body) }]);
    const answer = outcome.answer([7]);
    expect([answer.status, answer.body.toString()]).toEqual([202, '{"id":7}']);
  });

  it.each([
    "application/json",
    "application/json;charset=utf-8",
    "Application/JSON ; x",
    "application/a.b-c+json",
  ])("accepts the type %s", (type) => expect(accepts(receive("{}", { "content-type": type }))).toBe(true));

  it.each(["", "text/json", "application/jsonx", "application/+json", "text/plain"])(
    "refuses the type %j",
    (type) => {
      expect(refusal(receive("{}", { "content-type": type }))).toMatch(
        /^415 expected Content-Type: application\/json/,
      );
    },
  );

  it("refuses an encoded body", () => {
    expect(refusal(receive("{}", { "content-encoding": "gzip" }))).toMatch(/^415 .* got gzip$/);
    expect(accepts(receive("{}", { "content-encoding": "identity" }))).toBe(true);
  });

  it("refuses a body over 64 KiB before anything else", () => {
    expect(accepts(receive(`"${"x".repeat(maxBodyBytes - 2)}"`))).toBe(true);
    expect(refusal(receive("x".repeat(maxBodyBytes + 1), { "content-type": "" }))).toMatch(/^413 /);
  });

  it.each(["", " ", "{", "{'a':1}", "[1,]", "NaN", '"\n"', "\ufeff{}", "{}{}"])(
    "refuses the body %j",
    (body) => {
      expect(refusal(receive(body))).toMatch(/^400 expected a JSON body in UTF-8, got: /);
    },
  );

  it.each([[[0x22, 0xff, 0x22]], [[0x22, 0xc0, 0x80, 0x22]], [[0x22, 0xed, 0xa0, 0x80, 0x22]]])(
    "refuses the bytes %j, which are no UTF-8",
    (bytes) => expect(refusal(receive(Uint8Array.from(bytes)))).toMatch(/^400 /),
  );

  it("refuses a body that is nested too deeply", () => {
    const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
    expect(accepts(receive(nested(maxNesting)))).toBe(true);
    expect(refusal(receive(nested(maxNesting + 1)))).toMatch(
      /^400 expected arrays and objects at most 1000 deep/,
    );
    const objects = `${'{"":'.repeat(maxNesting + 1)}0${"}".repeat(maxNesting + 1)}`;
    expect(refusal(receive(objects))).toMatch(/^400 /);
  });

  it("does not count brackets in strings, nor those that are closed", () => {
    expect(accepts(receive(JSON.stringify(["[".repeat(5_000), '\\"[', "{".repeat(5_000)])))).toBe(true);
    expect(accepts(receive(`[${"[],".repeat(5_000)}{}]`))).toBe(true);
  });

  it("calls an unsigned event, as anyone may, by its topic and the id of its webhook", () => {
    const expected = { key: "hook:orders:msg_1", keyOf: "anyone" };
    expect(receive("{}", { "webhook-id": "msg_1" }).events).toMatchObject([expected]);
  });

  it("checks the signature before it looks into the body", () => {
    const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    expect(refusal(receive("no JSON", {}, secret))).toMatch(/^401 expected the headers webhook-id/);
    const signed = {
      "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
      "webhook-timestamp": "1614265330",
      "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    };
    const { events } = receive('{"test": 2432232314}', signed, secret);
    // The path is not signed: with another topic it would be the same delivery.
    expect(events).toEqual([
      { type: "hook.orders", data: { test: 2432232314 }, key: `hook:${signed["webhook-id"]}` },
    ]);
    expect(refusal(receive("{}", signed, secret))).toMatch(/^401 expected a signature of this body/);
  });
});
