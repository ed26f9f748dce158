import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { askApi, target } from "./asking.ts";
import { messageOfType, sending } from "./dispatching.ts";
import { answer, type Receiver, silence } from "./network.ts";

const day = 86_400_000;

describe("the hub", () => {
  const topic = `${sending.publicUrl}/topics/call.ringing`;
  const wish = { "hub.mode": "subscribe", "hub.topic": topic, "hub.callback": `${target}?who=me` };

  it("asks the callback, sends what is new in the topic, and ends with the lease", async () => {
    const { hub, serve, clock, take, store, ask, close } = await askApi();
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
    const { hub, serve, clock, take, store, close } = await askApi();
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
    const { hub, serve, clock, store, close } = await askApi();
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
    const { hub, close } = await askApi();
    expect(hub({ ...wish, ...changes })).toMatchObject({
      status: 400,
      json: { error: expect.stringContaining(error) },
    });
    await close();
  });

  it("takes a ping for one of its topics, and only so many requests a second", async () => {
    const { hub, ask, close } = await askApi();
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
    const { hub, serve, clock, store, close } = await askApi();
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
    const { hub, ask, close } = await askApi({ hub: false });
    expect(hub(wish)).toMatchObject({ status: 404 });
    expect(ask("GET", "/topics/call.ringing")).toMatchObject({ status: 404 });
    await close();
  });
});
