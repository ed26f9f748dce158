import { setTimeout as wait } from "node:timers/promises";
import {
  errorAnswer,
  type HttpAnswer,
  type HttpRequest,
  jsonAnswer,
} from "../../servers/service/http-answer.ts";
import { headerOf } from "../../servers/service/webhooks/dialect.ts";
import { isJsonObject, parseJson } from "../../servers/service/webhooks/json.ts";
import { refuseStandardWebhook } from "../../servers/service/webhooks/standard-webhooks.ts";
import { Mailbox } from "./mailbox.ts";
import { expectStatus, memberOf, NotSeen, type Scene } from "./scene.ts";

const checkMs = 20;

/** What goes wrong at a delivery, which is answered with 500 then. */
export type Trouble = "fails before its work" | "fails after its work";

/** A delivery as its receiver saw it. */
interface Attempt {
  readonly number: number;
  readonly outcome: Trouble | "done" | "known";
  /** What the work was; "" where none was done. */
  readonly said: string;
}

export type Work = (data: Readonly<Record<string, unknown>>, webhookId: string) => Promise<string>;

/** A service that has events sent to it and works on each once. */
export class Stage {
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
    await subscriptionIs(scene, subscription, "state", "active");
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
    if (!isJsonObject(data)) return errorAnswer(400, "expected an object as data, got something else");
    this.#count++;
    const number = this.#count;
    if (this.done.has(id)) return this.#note({ number, outcome: "known", said: "" });
    const trouble = this.#troubles.shift();
    if (trouble === "fails before its work") return this.#note({ number, outcome: trouble, said: "" });
    const said = await this.#work(data, id);
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

/** Resolves once a member of the subscription at this address has this value. */
export async function subscriptionIs(
  scene: Scene,
  url: string,
  name: "state" | "waiting",
  value: string | number,
): Promise<void> {
  const look = async () => {
    while (memberOf((await scene.request(url)).json, name) !== value) await wait(checkMs);
  };
  await scene.within(look(), `a subscription whose ${name} is ${value}`);
}
