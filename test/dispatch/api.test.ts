import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { askApi, target } from "./asking.ts";
import { messageOfType, sending } from "./dispatching.ts";
import { answer, confirming, type Receiver, silence } from "./network.ts";

describe("subscriptions as resources", () => {
  it("are pending until their target has echoed the secret, which is told once", async () => {
    const { ask, serve, clock, close } = await askApi();
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
    const { ask, serve, clock, take, close } = await askApi();
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
    const { ask, serve, clock, take, close } = await askApi();
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
    const { ask, serve, clock, close } = await askApi();
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
    const { ask, serve, clock, take, close } = await askApi();
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
    const { ask, serve, clock, take, close } = await askApi();
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
    const { ask, close } = await askApi();
    expect(ask("POST", "/subscriptions", body)).toMatchObject({
      status: 400,
      json: { error: expect.stringContaining(error) },
    });
    expect(ask("GET", "/subscriptions").json).toEqual({ subscriptions: [] });
    await close();
  });

  it("are for those who show the token, and for no page in a browser", async () => {
    const { ask, close } = await askApi({ token: "admin-token" });
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
    const open = await askApi();
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
