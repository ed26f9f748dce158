import { describe, expect, it } from "vitest";
import type { HashName } from "../../../../servers/service/webhooks/signature.ts";
import { signWebSub, webSubCallback, webSubHubSecret } from "../../../../servers/service/webhooks/websub.ts";
import { deliver, refusalOf, refusalsOf, secrets } from "./deliver.ts";

const { webSubSecret } = secrets;
const topic = "https://blog.example/feed?of=all&é";
const callback = new URL(webSubCallback(webSubSecret, "https://us.example", topic));
const target = callback.pathname + callback.search;
const hubSecret = webSubHubSecret(webSubSecret, topic);

/** As a hub appends to a callback, whatever its query. */
function question(parameters: Readonly<Record<string, string>>, to = target) {
  return { method: "GET", target: `${to}&${new URLSearchParams(parameters)}`, headers: {}, body: "" };
}

function content(body: string | Uint8Array, type = "application/atom+xml", hash: HashName = "sha256") {
  const headers = { "content-type": type, "x-hub-signature": signWebSub(hubSecret, hash, body) };
  return { method: "POST", target, headers, body };
}

const intent = {
  "hub.mode": "subscribe",
  "hub.topic": topic,
  "hub.challenge": "<script>&\r\nx",
  "hub.lease_seconds": "864000",
};

describe("a callback", () => {
  it("is of its topic and its secret alone, and the hub's secret is another", () => {
    expect(callback.pathname).toMatch(/^\/websub\/[\w-]{43}$/);
    const of = (secret: string, address: string) => webSubCallback(secret, "https://us.example", address);
    expect(of(webSubSecret, topic)).toBe(callback.href);
    expect(of("another", topic)).not.toMatch(callback.pathname);
    expect(of(webSubSecret, `${topic}/`)).not.toMatch(callback.pathname);
    expect(hubSecret).toMatch(/^[0-9a-f]{64}$/);
  });
});

describe("GET /websub/:topic", () => {
  it("answers with the challenge, to the letter, and no page can be made of it", () => {
    const outcome = deliver(question(intent));
    const answer = outcome.answer([1]);
    expect(answer.body.toString()).toBe(intent["hub.challenge"]);
    expect(answer).toMatchObject({
      status: 200,
      headers: { "Content-Type": "text/plain", "X-Content-Type-Options": "nosniff" },
    });
    expect(outcome.events).toMatchObject([
      { type: "websub.subscribed", data: { topic, leaseSeconds: 864_000 } },
    ]);
  });

  it("lets a subscription end", () => {
    const { "hub.lease_seconds": _, ...rest } = intent;
    const outcome = deliver(question({ ...rest, "hub.mode": "unsubscribe" }));
    expect(outcome.events).toMatchObject([{ type: "websub.unsubscribed", data: { topic } }]);
    expect(outcome.answer([1]).body.toString()).toBe(intent["hub.challenge"]);
  });

  it("says that a hub has denied", () => {
    const outcome = deliver(question({ "hub.mode": "denied", "hub.topic": topic, "hub.reason": "no" }));
    expect(outcome.events).toMatchObject([{ type: "websub.denied", data: { topic, reason: "no" } }]);
    expect(outcome.answer([1]).status).toBe(200);
  });

  it.each([
    ["another topic", { "hub.topic": "https://other.example/" }, /^404 expected hub.topic/],
    ["no challenge", { "hub.challenge": "" }, /^400 expected hub.challenge/],
    ["no lease", { "hub.lease_seconds": "" }, /^400 expected hub.lease_seconds/],
    ["another mode", { "hub.mode": "publish" }, /^400 expected hub.mode/],
    ["no mode", { "hub.mode": "" }, /^400 expected hub.mode/],
  ])("refuses a question with %s", (_what, other, error) => {
    expect(refusalOf(deliver(question({ ...intent, ...other })))).toMatch(error);
  });

  it.each([
    ["another capability", target.replace(/websub\/./, (start) => `${start.slice(0, -1)}_`)],
    ["another topic", `${callback.pathname}?topic=https://other.example/`],
    ["no topic", `${callback.pathname}?`],
    ["another topic before its own", `${callback.pathname}?topic=x&${callback.search.slice(1)}`],
  ])("knows no callback with %s", (_what, other) => {
    expect(refusalOf(deliver(question(intent, other)))).toMatch(/^404 expected a callback/);
  });
});

describe("POST /websub/:topic", () => {
  it.each(["sha1", "sha256", "sha384", "sha512"] as const)("takes content signed by %s", (hash) => {
    const outcome = deliver(content("<feed/>", "application/atom+xml; charset=utf-8", hash));
    const data = { topic, contentType: "application/atom+xml", text: "<feed/>" };
    expect(outcome.events).toMatchObject([{ type: "websub.content", data }]);
    expect(outcome.answer([7])).toMatchObject({ status: 202 });
  });

  it("takes JSON, and bytes that are no text", () => {
    expect(deliver(content("[1]", "application/feed+json")).events).toMatchObject([{ data: { json: [1] } }]);
    const bytes = Uint8Array.of(0xff, 0xd8);
    expect(deliver(content(bytes, "image/jpeg")).events).toMatchObject([{ data: { base64: "/9g=" } }]);
    expect(refusalOf(deliver(content("{", "application/json")))).toMatch(/^400 expected a JSON body/);
  });

  it("calls content by its topic and what it is, whatever it was signed by", () => {
    const keyOf = (body: string, hash?: HashName) =>
      deliver(content(body, "text/plain", hash)).events[0]?.key;
    expect(keyOf("a", "sha1")).toBe(keyOf("a", "sha512"));
    expect(keyOf("a")).not.toBe(keyOf("b"));
  });

  const having = refusalsOf(content("<feed/>"));
  const signed = (signature: string | undefined) =>
    having({ headers: { "content-type": "text/plain", "x-hub-signature": signature } });

  it("makes no event of what its hub did not sign", () => {
    expect(having({ body: "<feed />" })).toMatch(/^403 expected X-Hub-Signature to be that of this body/);
    for (const other of [undefined, "", "md5=00", "sha256", hubSecret]) {
      expect(signed(other)).toMatch(/^403 expected X-Hub-Signature by one of sha1, sha256, sha384, sha512/);
    }
    const genuine = signWebSub(hubSecret, "sha256", "<feed/>");
    expect(signed(genuine.replace("sha256", "sha1"))).toMatch(/^403 /);
    expect(signed(genuine.toUpperCase())).toMatch(/^403 /);
    expect(signed(signWebSub(webSubSecret, "sha256", "<feed/>"))).toMatch(/^403 /);
  });

  it("takes nothing without a secret", () => {
    expect(refusalOf(deliver(content("x"), {}))).toMatch(/^404 .* WEBSUB_SECRET/);
  });
});
