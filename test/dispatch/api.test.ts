import { createHmac } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { createApi } from "../../dispatch/api.ts";
import type { Ask } from "../../dispatch/attempt.ts";
import type { HttpAnswer } from "../../servers/service/http-answer.ts";
import { dispatch, messageOfType, sending, temporaryFolder } from "./dispatching.ts";
import { answer, confirming, Network, type Receiver, silence } from "./network.ts";
import { VirtualClock } from "./virtual-clock.ts";

const day = 86_400_000;
const target = "https://target.example/hook";

describe("subscriptions as resources", () => {
  it("are pending until their target has echoed the secret, which is told once", async () => {
    const { ask, serve, clock, close } = await setUp();
    const asked = serve(confirming(async () => answer(200)));
    const made = ask("POST", "/subscriptions", { targetUrl: target, events: ["call.*", "hook.a"] });
    expect(made).toMatchObject({
      status: 201,
      headers: { Location: `${sending.publicUrl}/subscriptions/${made.json.id}` },
      json: { targetUrl: target, events: ["call.*", "hook.a"], format: "standard", state: "pending" },
    });
    const { id, secret } = made.json;
    expect(Buffer.from(String(secret).slice("whsec_".length), "base64")).toHaveLength(32);
    await clock.pass(0);
    expect(asked).toMatchObject([{ method: "POST", url: target, headers: { "X-Hook-Secret": secret } }]);
    const seen = ask("GET", `/subscriptions/${id}`);
    expect(seen).toMatchObject({ status: 200, json: { state: "active", waiting: 0 } });
    expect(seen.body.toString() + ask("GET", "/subscriptions").body).not.toContain(secret);
    // Asked for again, it is the same, whatever the order of its types.
    const again = ask("POST", "/subscriptions", {
      targetUrl: target,
      events: ["hook.a", "call.*", "hook.a"],
    });
    expect(again).toMatchObject({ status: 200, json: { id, state: "active" } });
    expect(again.json).not.toHaveProperty("secret");
    await close();
  });

  it("get what they ask for, signed as the specification's own library checks it", async () => {
    const { ask, serve, clock, take, close } = await setUp();
    const asked = serve(confirming(async () => answer(200)));
    const made = ask("POST", "/subscriptions", { targetUrl: target, events: ["call.*"] });
    await clock.pass(0);
    take(messageOfType("call.ringing", clock.now(), { callSid: "CA1" }));
    take(messageOfType("hook.a", clock.now()));
    await clock.pass(0);
    expect(asked).toHaveLength(2);
    const { headers = {}, body = "" } = asked[1] ?? {};
    const webhook = new Webhook(String(made.json.secret));
    const signature = webhook.sign(headers["webhook-id"] ?? "", new Date(clock.now()), body);
    expect(headers["webhook-signature"]).toBe(signature);
    expect(headers["webhook-timestamp"]).toBe(String(clock.now() / 1_000));
    expect(JSON.parse(body)).toEqual({
      type: "call.ringing",
      timestamp: new Date(clock.now()).toISOString(),
      data: { callSid: "CA1" },
    });
    await close();
  });

  it.each<[string, Receiver, string]>([
    ["does not echo", async () => answer(200), "expected the target to echo X-Hook-Secret"],
    ["echoes another", async () => answer(200, { "x-hook-secret": "whsec_" }), "expected the target to echo"],
    ["redirects", async () => answer(307), "expected a status from 200 to 299 to X-Hook-Secret, got 307"],
    ["hangs up", () => Promise.reject(new Error("read ECONNRESET")), "read ECONNRESET"],
  ])("stay pending while their target %s, and may be enabled later", async (_what, receiver, reason) => {
    const { ask, serve, clock, take, close } = await setUp();
    serve(receiver);
    const { id } = ask("POST", "/subscriptions", { targetUrl: target, events: ["*"] }).json;
    await clock.pass(0);
    expect(ask("GET", `/subscriptions/${id}`).json).toMatchObject({
      state: "pending",
      reason: expect.stringContaining(reason),
    });
    take(messageOfType("hook.a", clock.now()));
    expect(ask("GET", `/subscriptions/${id}`).json).toMatchObject({ waiting: 0 });
    serve(confirming(async () => answer(200)));
    expect(ask("PATCH", `/subscriptions/${id}`, { state: "active" })).toMatchObject({ status: 200 });
    await clock.pass(0);
    expect(ask("GET", `/subscriptions/${id}`).json).toMatchObject({ state: "active" });
    expect(ask("PATCH", `/subscriptions/${id}`, { state: "disabled" }).json).toMatchObject({
      state: "disabled",
    });
    expect(ask("DELETE", `/subscriptions/${id}`)).toMatchObject({ status: 204, body: Buffer.alloc(0) });
    expect(ask("GET", `/subscriptions/${id}`)).toMatchObject({ status: 404 });
    await close();
  });

  it("have their target asked once at a time", async () => {
    const { ask, serve, clock, close } = await setUp();
    const asked = serve(() => silence);
    const wish = { targetUrl: target, events: ["*"] };
    const { id } = ask("POST", "/subscriptions", wish).json;
    ask("POST", "/subscriptions", wish);
    ask("PATCH", `/subscriptions/${id}`, { state: "active" });
    await clock.pass(14_000);
    expect(asked).toHaveLength(1);
    await clock.pass(2_000);
    ask("POST", "/subscriptions", wish);
    await clock.pass(0);
    expect(asked).toHaveLength(2);
    await close();
  });

  it("may ask for all types that CloudEvents come in", async () => {
    const { ask, serve, clock, take, close } = await setUp();
    const asked = serve(confirming(async () => answer(200)));
    const types = ["cloudevent.com.example/order:paid~1", "cloudevent.a..b.", "cloudevent.a-b"];
    ask("POST", "/subscriptions", { targetUrl: target, events: types });
    await clock.pass(0);
    for (const type of types) take(messageOfType(type, clock.now()));
    await clock.pass(0);
    expect(asked.slice(1).map(({ body = "" }) => JSON.parse(body).type)).toEqual(types);
    expect(ask("GET", `/topics/${types[0]}`).json).toMatchObject({ events: [{ type: types[0] }] });
    await close();
  });

  it("speak CloudEvents to those who consent to it", async () => {
    const { ask, serve, clock, take, close } = await setUp();
    let headers: Record<string, string> = {};
    const asked = serve(async ({ method }) => (method === "OPTIONS" ? answer(405, headers) : answer(204)));
    const wish = { targetUrl: target, events: ["*"], format: "cloudevents", token: "bearer-token" };
    const { id } = ask("POST", "/subscriptions", wish).json;
    const state = async () => {
      ask("PATCH", `/subscriptions/${id}`, { state: "active" });
      await clock.pass(0);
      return ask("GET", `/subscriptions/${id}`).json.state;
    };
    // The status says nothing, the origin must be ours, and a rate must be given.
    expect(await state()).toBe("pending");
    headers = { "webhook-allowed-origin": "other.example", "webhook-allowed-rate": "*" };
    expect(await state()).toBe("pending");
    headers = { "webhook-allowed-origin": sending.origin };
    expect(await state()).toBe("pending");
    headers = { "webhook-allowed-origin": sending.origin, "webhook-allowed-rate": "120" };
    expect(await state()).toBe("active");
    expect(asked.at(-1)?.headers).toMatchObject({
      "WebHook-Request-Origin": sending.origin,
      Authorization: "Bearer bearer-token",
    });
    take(messageOfType("hook.a", clock.now(), [1]));
    await clock.pass(0);
    expect(asked.at(-1)?.headers).toMatchObject({
      "Content-Type": "application/cloudevents+json",
      "WebHook-Request-Origin": sending.origin,
      Authorization: "Bearer bearer-token",
    });
    expect(JSON.parse(asked.at(-1)?.body ?? "")).toMatchObject({
      specversion: "1.0",
      type: "hook.a",
      source: `${sending.publicUrl}/topics/hook.a`,
      data: [1],
    });
    await close();
  });

  it.each([
    [{}, `expected "targetUrl" to be an absolute URL`],
    [{ targetUrl: "hook", events: ["*"] }, "to be an absolute URL"],
    [{ targetUrl: "http://target.example/", events: ["*"] }, "expected https:// and port 443 or 80"],
    [{ targetUrl: "https://10.0.0.1/", events: ["*"] }, "got 10.0.0.1"],
    [{ targetUrl: target }, `expected "events" to be a list`],
    [{ targetUrl: target, events: [] }, `expected "events" to be a list`],
    [{ targetUrl: target, events: ["call*"] }, `got "call*"`],
    [{ targetUrl: target, events: [1] }, "got 1"],
    [{ targetUrl: target, events: ["*"], format: "websub" }, `expected "format" to be one of`],
    [{ targetUrl: target, events: ["*"], token: "a\r\nb" }, `expected "token" to be`],
    [{ targetUrl: target, events: ["*"], url: "" }, "expected no members but"],
    [[], "expected a subscription as a JSON object"],
  ])("refuse %j", async (body, error) => {
    const { ask, close } = await setUp();
    expect(ask("POST", "/subscriptions", body)).toMatchObject({
      status: 400,
      json: { error: expect.stringContaining(error) },
    });
    expect(ask("GET", "/subscriptions").json).toEqual({ subscriptions: [] });
    await close();
  });

  it("are for those who show the token, and for no page in a browser", async () => {
    const { ask, close } = await setUp({ token: "admin-token" });
    const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
    expect(ask("GET", "/subscriptions")).toMatchObject({
      status: 401,
      headers: { "WWW-Authenticate": "Bearer" },
    });
    expect(ask("GET", "/subscriptions/sub_0123456789abcdef", undefined, bearer("admin"))).toMatchObject({
      status: 401,
    });
    expect(ask("GET", "/subscriptions", undefined, bearer("admin-token"))).toMatchObject({ status: 200 });
    expect(ask("GET", "/healthz")).toMatchObject({ status: 200 });
    const page = { ...bearer("admin-token"), origin: "https://page.example" };
    expect(ask("GET", "/subscriptions", undefined, page)).toMatchObject({ status: 403 });
    await close();
    const open = await setUp();
    expect(open.ask("GET", "/subscriptions", undefined, { host: "rebound.example:8090" })).toMatchObject({
      status: 403,
    });
    expect(open.ask("GET", "/subscriptions", undefined, { host: "localhost:8090" })).toMatchObject({
      status: 200,
    });
    expect(open.ask("PUT", "/subscriptions")).toMatchObject({ status: 405, headers: { Allow: "GET, POST" } });
    await open.close();
  });
});

describe("the hub", () => {
  const topic = `${sending.publicUrl}/topics/call.ringing`;
  const wish = { "hub.mode": "subscribe", "hub.topic": topic, "hub.callback": `${target}?who=me` };

  it("asks the callback, sends what is new in the topic, and ends with the lease", async () => {
    const { hub, serve, clock, take, store, ask, close } = await setUp();
    const asked = serve(async ({ url, method }) =>
      answer(200, {}, method === "GET" ? (new URL(url).searchParams.get("hub.challenge") ?? "") : ""),
    );
    expect(hub({ ...wish, "hub.secret": "it's a secret" })).toMatchObject({ status: 202 });
    await clock.pass(0);
    const query = new URL(asked[0]?.url ?? "").searchParams;
    expect(Object.fromEntries(query)).toMatchObject({
      who: "me",
      "hub.mode": "subscribe",
      "hub.topic": topic,
      "hub.lease_seconds": String(10 * 86_400),
    });
    take(messageOfType("call.ringing", clock.now(), { callSid: "CA1" }));
    take(messageOfType("call.recorded", clock.now()));
    await clock.pass(0);
    expect(asked).toHaveLength(2);
    const { headers = {}, body = "", url } = asked[1] ?? {};
    expect(url).toBe(`${target}?who=me`);
    const signature = createHmac("sha256", "it's a secret").update(body).digest("hex");
    expect(headers).toMatchObject({
      "Content-Type": "application/json",
      Link: `<${sending.publicUrl}/hub>; rel="hub", <${topic}>; rel="self"`,
      "X-Hub-Signature": `sha256=${signature}`,
    });
    const page = ask("GET", "/topics/call.ringing");
    expect(page).toMatchObject({ status: 200, headers: { Link: headers.Link } });
    expect(page.json).toEqual(JSON.parse(body));
    // Renewed, it is the same subscription with a longer life; not renewed, it is over.
    await clock.pass(9 * day);
    hub({ ...wish, "hub.lease_seconds": "172800" });
    await clock.pass(0);
    expect(store.subscriptions()).toHaveLength(1);
    await clock.pass(1.5 * day);
    take(messageOfType("call.ringing", clock.now()));
    await clock.pass(day);
    take(messageOfType("call.ringing", clock.now()));
    await clock.pass(day);
    expect(asked).toHaveLength(4);
    expect(asked[3]?.headers).not.toHaveProperty("X-Hub-Signature");
    expect(store.subscriptions()).toEqual([]);
    await close();
  });

  it("ends a subscription when the callback confirms that, or answers 410", async () => {
    const { hub, serve, clock, take, store, close } = await setUp();
    const challenge: Receiver = async ({ url }) =>
      answer(200, {}, new URL(url).searchParams.get("hub.challenge") ?? "");
    serve(challenge);
    hub(wish);
    await clock.pass(0);
    expect(store.subscriptions()).toHaveLength(1);
    serve(async () => answer(404));
    hub({ ...wish, "hub.mode": "unsubscribe" });
    await clock.pass(0);
    expect(store.subscriptions()).toHaveLength(1);
    serve(challenge);
    hub({ ...wish, "hub.mode": "unsubscribe" });
    await clock.pass(0);
    expect(store.subscriptions()).toHaveLength(0);
    hub(wish);
    await clock.pass(0);
    serve(async () => answer(410));
    take(messageOfType("call.ringing", clock.now()));
    await clock.pass(0);
    expect(store.subscriptions()).toHaveLength(0);
    await close();
  });

  it.each<[string, Receiver]>([
    ["another text", async () => answer(200, {}, "challenge")],
    [
      "more than the challenge",
      async ({ url }) => answer(200, {}, `${new URL(url).searchParams.get("hub.challenge")}\n`),
    ],
    ["a redirect", async () => answer(302)],
    ["404", async () => answer(404)],
  ])("takes %s for a refusal", async (_what, receiver) => {
    const { hub, serve, clock, store, close } = await setUp();
    serve(receiver);
    expect(hub(wish)).toMatchObject({ status: 202 });
    await clock.pass(0);
    expect(store.subscriptions()).toEqual([]);
    await close();
  });

  it.each([
    [{ "hub.mode": "listen" }, "expected hub.mode to be"],
    [{ "hub.topic": "https://other.example/topics/call.ringing" }, "expected hub.topic to be"],
    [{ "hub.topic": `${topic}/../x` }, "expected hub.topic to be"],
    [{ "hub.topic": `${sending.publicUrl}/topics/dispatch.ended` }, "expected hub.topic to be"],
    [{ "hub.callback": "https://[::1]/" }, "got ::1"],
    [{ "hub.callback": "" }, "to be an absolute URL"],
    [{ "hub.lease_seconds": "forever" }, "expected hub.lease_seconds"],
    [{ "hub.secret": "é".repeat(100) }, "fewer than 200 bytes, got 200"],
  ])("refuses %j", async (changes, error) => {
    const { hub, close } = await setUp();
    expect(hub({ ...wish, ...changes })).toMatchObject({
      status: 400,
      json: { error: expect.stringContaining(error) },
    });
    await close();
  });

  it("takes a ping for one of its topics, and only so many requests a second", async () => {
    const { hub, ask, close } = await setUp();
    expect(hub({ "hub.mode": "publish", "hub.url": topic })).toMatchObject({ status: 202 });
    expect(hub({ "hub.mode": "publish", "hub.url": target })).toMatchObject({ status: 400 });
    for (let more = 0; more < 8; more++) hub({ "hub.mode": "publish", "hub.url": topic });
    expect(hub(wish)).toMatchObject({
      status: 429,
      headers: { "Retry-After": "1" },
      json: { error: "expected fewer requests per second to the hub; ask again later" },
    });
    expect(ask("GET", "/topics/call.ringing")).toMatchObject({ status: 429 });
    await close();
  });

  it("asks only so many callbacks at once, and takes only so many of one host", async () => {
    const { hub, serve, clock, store, close } = await setUp();
    const asked = serve(() => silence);
    const wishOf = (number: number) => ({ ...wish, "hub.callback": `${target}?number=${number}` });
    const statuses: number[] = [];
    const askFor = async (numbers: number) => {
      for (let number = 1; number <= numbers; number++) {
        await clock.pass(100);
        statuses.push(hub(wishOf(number)).status);
      }
    };
    await askFor(17);
    expect(statuses.splice(0)).toEqual([...Array(16).fill(202), 503]);
    expect(asked).toHaveLength(16);
    await clock.pass(15_000);
    serve(async ({ url }) => answer(200, {}, new URL(url).searchParams.get("hub.challenge") ?? ""));
    await askFor(11);
    expect(statuses.splice(0)).toEqual([...Array(10).fill(202), 503]);
    // Those there are may be renewed, and there is room again once their leases are over.
    expect(hub(wishOf(3))).toMatchObject({ status: 202 });
    await clock.pass(11 * day);
    expect(hub(wishOf(11))).toMatchObject({ status: 202 });
    await clock.pass(0);
    expect(store.subscriptions()).toHaveLength(1);
    await close();
  });

  it("is not there when it is not wanted", async () => {
    const { hub, ask, close } = await setUp({ hub: false });
    expect(hub(wish)).toMatchObject({ status: 404 });
    expect(ask("GET", "/topics/call.ringing")).toMatchObject({ status: 404 });
    await close();
  });
});

async function setUp({ token = "", hub = true } = {}) {
  const clock = new VirtualClock();
  const network = new Network();
  const { store, registry, hubSubscribers, take, close } = dispatch(await temporaryFolder(), clock, network);
  const { guard } = network;
  const api = createApi({
    store,
    registry,
    hubSubscribers,
    guard,
    clock,
    token,
    hub,
    publicUrl: sending.publicUrl,
  });
  const request = (method: string, path: string, type: string, body: string, headers = {}) => {
    const host = "dispatch.example";
    return readable(
      api({
        method,
        target: path,
        headers: { host, "content-type": type, ...headers },
        body: Buffer.from(body),
      }),
    );
  };
  return {
    clock,
    store,
    take,
    close,
    ask: (method: string, path: string, body?: unknown, headers = {}) =>
      request(method, path, "application/json", body === undefined ? "" : JSON.stringify(body), headers),
    hub: (form: Record<string, string>) =>
      request("POST", "/hub", "application/x-www-form-urlencoded", new URLSearchParams(form).toString()),
    /** What the target does from now on; gives what it has been asked since. */
    serve(receiver: Receiver): Ask[] {
      const asked: Ask[] = [];
      network.add("target.example", "93.184.216.34", (ask, signal) => {
        asked.push(ask);
        return receiver(ask, signal);
      });
      return asked;
    },
  };
}

function readable(reply: HttpAnswer): HttpAnswer & { readonly json: Record<string, unknown> } {
  return { ...reply, json: reply.body.length === 0 ? {} : JSON.parse(reply.body.toString()) };
}
