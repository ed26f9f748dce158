/** The second kind: each service takes a webhook in, does one thing, and sends one out. Slides 9 and 10. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startDispatcher } from "../../dispatch/dispatcher.ts";
import { type Answered, expectStatus, type Kind, memberOf, NotSeen, type Scene, ways } from "./scene.ts";
import { Stage, subscriptionIs } from "./stage.ts";

export const pipes: Kind = {
  name: "pipes",
  title: "Pipes",
  slides: "slides 9 and 10",
  about: "A customer pays: shop | app | warehouse | courier, our server between them.",
  steps: [
    ["Subscribed", ways.webhook],
    ["Customer pays", ways.webhook],
    ["App", ways.webhook],
    ["Warehouse down", ways.refusal],
    ["Warehouse", ways.webhook],
    ["Courier", ways.push],
    ["And again", ways.webhook],
    ["Paid again", ways.webhook],
    ["Once each"],
  ],
  play,
};

/** Before each attempt of a delivery; Standard Webhooks has hours where this has seconds. */
const pausesSeconds = [0, 1, 2, 4];

async function play(scene: Scene): Promise<void> {
  const dispatcherUrl = await startOwnDispatcher(scene);

  /** Sends on what came of a webhook: the event that it makes. Its id follows from the one that came in. */
  const passOn = async (topic: string, id: string, data: unknown) => {
    const sent = await scene.hook(topic, id, data);
    expectStatus(202, sent);
    return idOf(sent);
  };
  const app = new Stage(scene, async ({ order, count }, id) => {
    const cents = 3_900 * Number(count);
    const event = await passOn("packing", `app-${id}`, { order, count, cents });
    return `prices it: ${cents} cents; POST /hooks/packing, event ${event}`;
  });
  const warehouse = new Stage(
    scene,
    async ({ order }, id) => {
      const event = await passOn("pickups", `warehouse-${id}`, { order, parcel: `P-${order}` });
      return `packed; POST /hooks/pickups, event ${event}`;
    },
    ["fails before its work", "fails after its work"],
  );
  const courier = new Stage(scene, async ({ parcel }) => `fetches parcel ${parcel}`);
  const subscriptions = [
    await app.subscribe(dispatcherUrl, "orders"),
    await warehouse.subscribe(dispatcherUrl, "packing"),
    await courier.subscribe(dispatcherUrl, "pickups"),
  ];
  scene.step("Subscribed", "app, warehouse, courier: POST /subscriptions, and each echoes its secret");

  const order = { order: 1042, item: "kettle", count: 2 };
  const paid = await scene.hook("orders", "shop-1042", order);
  expectStatus(202, paid);
  scene.step("Customer pays", `shop: POST /hooks/orders, signed; 202, event ${idOf(paid)}`, paid.askedAt);

  const priced = await app.attempt(1, "done");
  scene.step("App", priced.value.said, priced.at);

  const failed = await warehouse.attempt(1, "fails before its work");
  scene.step("Warehouse down", `the warehouse answers 500; again in ~${scene.ms(1) / 1_000} s`, failed.at);

  const packed = await warehouse.attempt(2, "fails after its work");
  scene.step("Warehouse", `attempt 2, same webhook-id: ${packed.value.said}; then it answers 500`, packed.at);

  const fetched = await courier.attempt(1, "done");
  scene.step("Courier", fetched.value.said, fetched.at);

  const known = await warehouse.attempt(3, "known");
  scene.step("And again", "the warehouse, attempt 3: a webhook-id that it knows; 200", known.at);

  const again = await scene.hook("orders", "shop-1042", order);
  expectStatus(202, again);
  if (idOf(again) !== idOf(paid))
    throw new NotSeen(`expected event ${idOf(paid)} as the first time, got ${idOf(again)}`);
  scene.step("Paid again", `the shop, same webhook-id; 202, and still event ${idOf(again)}`);

  for (const url of subscriptions) await subscriptionIs(scene, url, "waiting", 0);
  const counts = [app, warehouse, courier].map(({ done, attempts }) => `${done.size} of ${attempts}`);
  if (counts.join() !== "1 of 1,1 of 3,1 of 1")
    throw new NotSeen(`expected each to work once, at 1, 3 and 1 deliveries, got ${counts.join(", ")}`);
  scene.step("Once each", "app, warehouse and courier worked once, at 1, 3 and 1 deliveries");
}

/** A dispatcher of this show alone, subscribed to the server: its address. */
async function startOwnDispatcher(scene: Scene): Promise<string> {
  const dataFolder = await mkdtemp(join(tmpdir(), "evented-web-kinds-"));
  scene.atEnd(() => rm(dataFolder, { recursive: true, force: true }));
  const { http, tcp = "" } = scene.server.endpoints;
  const dispatcher = await startDispatcher({
    ...{ server: http, serverTcp: tcp, dataFolder, host: "127.0.0.1", port: 0, publicUrl: "", token: "" },
    hub: false,
    allowLoopback: true,
    pausesMs: pausesSeconds.map((seconds) => scene.ms(seconds)),
    log: () => {},
  });
  scene.atEnd(() => dispatcher.close());
  await scene.within(dispatcher.connected, "the dispatcher to subscribe to the server");
  return dispatcher.url;
}

function idOf({ json }: Answered): unknown {
  return memberOf(json, "id");
}
