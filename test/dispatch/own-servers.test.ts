import { expect, it } from "vitest";
import { createApi } from "../../dispatch/api.ts";
import { withDefaults } from "../../servers/options.ts";
import { answerShared } from "../../servers/service/answer.ts";
import type { NewEvent } from "../../servers/service/switchboard.ts";
import { webSubCallback, webSubHubSecret } from "../../servers/service/webhooks/websub.ts";
import { dispatch, messageOfType, sending, temporaryFolder } from "./dispatching.ts";
import { Network } from "./network.ts";
import { VirtualClock } from "./virtual-clock.ts";

const server = "https://server.example";
const secrets = { cloudEventsToken: "a-token", webSubSecret: "a secret of WebSub" };

it("is understood by the servers of this project, as CloudEvents", async () => {
  const { clock, published, registry, take, close } = await setUp();
  registry.add({
    targetUrl: `${server}/cloudevents`,
    events: ["call.*"],
    format: "cloudevents",
    token: secrets.cloudEventsToken,
  });
  await clock.pass(0);
  const message = messageOfType("call.ringing", clock.now(), { callSid: "CA1" });
  take(message);
  await clock.pass(0);
  expect(published).toMatchObject([{ type: "cloudevent.call.ringing", data: { id: message.id } }]);
  await close();
});

it("is understood by the servers of this project, as a hub of WebSub", async () => {
  const { clock, published, store, registry, hubSubscribers, take, close, network } = await setUp();
  const api = createApi({
    ...{ store, registry, hubSubscribers, clock, guard: network.guard },
    ...{ publicUrl: sending.publicUrl, token: "", hub: true },
  });
  const topic = `${sending.publicUrl}/topics/call.ringing`;
  const form = new URLSearchParams({
    "hub.mode": "subscribe",
    "hub.topic": topic,
    "hub.callback": webSubCallback(secrets.webSubSecret, server, topic),
    "hub.secret": webSubHubSecret(secrets.webSubSecret, topic),
  });
  const headers = { host: "dispatch.example", "content-type": "application/x-www-form-urlencoded" };
  const body = Buffer.from(form.toString());
  expect(api({ method: "POST", target: "/hub", headers, body })).toMatchObject({ status: 202 });
  await clock.pass(0);
  take(messageOfType("call.ringing", clock.now(), { callSid: "CA1" }));
  await clock.pass(0);
  expect(published).toMatchObject([
    { type: "websub.subscribed", data: { topic, leaseSeconds: 864_000 } },
    { type: "websub.content", data: { topic, contentType: "application/json" } },
  ]);
  await close();
});

/** A dispatcher, and a server of this project as its target. */
async function setUp() {
  const clock = new VirtualClock();
  const network = new Network();
  const published: NewEvent[] = [];
  const service = {
    epoch: "",
    about: { name: "test", ioModel: "event loop", transport: "ws", summary: "" } as const,
    options: withDefaults(secrets),
    publish: (event: NewEvent) => published.push(event),
    last: () => published.length,
    admit: () => 0,
  };
  network.add("server.example", "93.184.216.34", async ({ method, url, headers, body = "" }) => {
    const { pathname, search } = new URL(url);
    const received = Object.fromEntries(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
    );
    const request = { method, target: pathname + search, headers: received, body: Buffer.from(body) };
    const reply = answerShared(service, request, clock.now());
    if (reply === undefined) throw new Error(`expected a route of the server, got ${pathname}`);
    const given = Object.entries(reply.headers).map(([name, value]) => [name.toLowerCase(), value]);
    return { ...reply, headers: Object.fromEntries(given) };
  });
  return { clock, network, published, ...dispatch(await temporaryFolder(), clock, network) };
}
