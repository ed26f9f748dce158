/** The second kind: each service takes a webhook in, does one thing, and sends one out. Slides 9 and 10. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { startDispatcher } from "../../dispatch/dispatcher.ts";
import {
  errorAnswer,
  type HttpAnswer,
  type HttpRequest,
  jsonAnswer,
} from "../../servers/service/http-answer.ts";
import { headerOf } from "../../servers/service/webhooks/dialect.ts";
import { parseJson } from "../../servers/service/webhooks/json.ts";
import { refuseStandardWebhook } from "../../servers/service/webhooks/standard-webhooks.ts";
import { expectStatus, type Kind, Mailbox, memberOf, NotSeen, type Scene, ways } from "./scene.ts";

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

const checkMs = 20;

async function play(scene: Scene): Promise<void> {
  const dispatcherUrl = await startOwnDispatcher(scene);

  const app = new Stage(scene, async ({ order, count }, id) => {
    const cents = 3_900 * Number(count);
    const { json } = await scene.hook("packing", `app-${id}`, { order, count, cents });
    return `prices it: ${cents} cents; POST /hooks/packing, event ${memberOf(json, "id")}`;
  });
  const warehouse = new Stage(
    scene,
    async ({ order }, id) => {
      const { json } = await scene.hook("pickups", `warehouse-${id}`, { order, parcel: `P-${order}` });
      return `packed; POST /hooks/pickups, event ${memberOf(json, "id")}`;
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

  await scene.within(
    untilAll(subscriptions, async (url) => memberOf((await scene.request(url)).json, "waiting") === 0),
    "nothing to wait for delivery",
  );
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

type Trouble = "fails before its work" | "fails after its work";

/** A delivery as its receiver saw it. */
interface Attempt {
  readonly number: number;
  readonly outcome: Trouble | "done" | "known";
  /** What the work was; "" where none was done. */
  readonly said: string;
}

type Work = (data: Readonly<Record<string, unknown>>, webhookId: string) => Promise<string>;

/** A service that has events sent to it and works on each once. */
class Stage {
  /** The webhook-ids of what it has done. A real one notes them in the same transaction as its work. */
  readonly done = new Set<string>();
  readonly #scene: Scene;
  readonly #work: Work;
  readonly #troubles: Trouble[];
  readonly #attempts = new Mailbox<Attempt>();
  #count = 0;
  /** Signs what it gets; undefined until it is told. */
  #secret: string | undefined;
  #awaitsSecret = false;

  /** `troubles`: what goes wrong at its first deliveries, one after the other. */
  constructor(scene: Scene, work: Work, troubles: readonly Trouble[] = []) {
    this.#scene = scene;
    this.#work = work;
    this.#troubles = [...troubles];
  }

  /** Deliveries so far. */
  get attempts(): number {
    return this.#count;
  }

  /** Asks the dispatcher for a topic's events: the address of the subscription, once it is active. */
  async subscribe(dispatcherUrl: string, topic: string): Promise<string> {
    const scene = this.#scene;
    const targetUrl = await scene.serve((request) => this.#receive(request));
    this.#awaitsSecret = true;
    const wish = JSON.stringify({ targetUrl, events: [`hook.${topic}`] });
    const url = `${dispatcherUrl}/subscriptions`;
    const made = await scene.post(url, { "Content-Type": "application/json" }, wish);
    expectStatus(201, made);
    const subscription = `${url}/${memberOf(made.json, "id")}`;
    await scene.within(
      untilAll(
        [subscription],
        async (one) => memberOf((await scene.request(one)).json, "state") === "active",
      ),
      "the subscription to be active",
    );
    if (memberOf(made.json, "secret") !== this.#secret)
      throw new NotSeen("expected the secret that was answered to be the one to echo, got two");
    return subscription;
  }

  /** The next delivery, which should be this one. */
  async attempt(number: number, outcome: Attempt["outcome"]): ReturnType<Mailbox<Attempt>["next"]> {
    const arrival = await this.#scene.within(this.#attempts.next(), `delivery ${number}`);
    if (arrival.value.number !== number || arrival.value.outcome !== outcome)
      throw new NotSeen(`expected delivery ${number}, ${outcome}, got ${JSON.stringify(arrival.value)}`);
    return arrival;
  }

  async #receive(request: HttpRequest): Promise<HttpAnswer> {
    const secret = headerOf(request, "x-hook-secret");
    if (secret !== undefined) return this.#confirm(secret);
    const id = headerOf(request, "webhook-id") ?? "";
    const headers = {
      id,
      timestamp: headerOf(request, "webhook-timestamp"),
      signature: headerOf(request, "webhook-signature"),
    };
    if (this.#secret === undefined) return errorAnswer(401, "expected a subscription first, got a delivery");
    const forged = refuseStandardWebhook(this.#secret, headers, request.body, Date.now());
    if (forged !== undefined) return errorAnswer(401, forged);
    const parsed = parseJson(request.body);
    if ("error" in parsed) return errorAnswer(400, parsed.error);
    const data = memberOf(parsed.value, "data");
    this.#count++;
    const number = this.#count;
    if (this.done.has(id)) return this.#note({ number, outcome: "known", said: "" });
    const trouble = this.#troubles.shift();
    if (trouble === "fails before its work") return this.#note({ number, outcome: trouble, said: "" });
    const said = await this.#work({ ...(typeof data === "object" ? data : {}) }, id);
    this.done.add(id);
    return this.#note({ number, outcome: trouble ?? "done", said });
  }

  /** Only when it has asked, and only once: whoever could tell it another secret could forge what it gets. */
  #confirm(secret: string): HttpAnswer {
    if (!this.#awaitsSecret)
      return errorAnswer(403, "expected no secret but one that was asked for, got one");
    this.#awaitsSecret = false;
    this.#secret = secret;
    return jsonAnswer(200, {}, { "X-Hook-Secret": secret });
  }

  #note(attempt: Attempt): HttpAnswer {
    this.#attempts.put(attempt);
    const { outcome } = attempt;
    return outcome === "done" || outcome === "known" ? jsonAnswer(200, {}) : errorAnswer(500, outcome);
  }
}

function idOf({ json }: { readonly json: unknown }): unknown {
  return memberOf(json, "id");
}

/** Resolves once the condition holds for all. */
async function untilAll(urls: readonly string[], holds: (url: string) => Promise<boolean>): Promise<void> {
  for (const url of urls) while (!(await holds(url))) await wait(checkMs);
}
