import { expect, it } from "vitest";
import { type RampOrder, ramp } from "../../../bench/load/ramp.ts";
import type { Client, SubscribeOptions, Subscription } from "../../../servers/contract.ts";

const subscription: Subscription = { cursor: () => 0, close: () => {} };

const order: RampOrder = {
  transport: "tcp",
  endpoints: { http: "http://unused" },
  count: 200,
  pollMs: 20,
  waitSeconds: 5,
  perSecond: 100_000,
  atOnce: 8,
  localAddresses: ["127.0.0.2", "127.0.0.3"],
  forMs: 60_000,
};

function optionsFrom(localAddress: string | undefined): SubscribeOptions {
  const where = localAddress === undefined ? {} : { localAddress };
  return { pollMs: 20, waitSeconds: 5, onEvent: () => {}, onEnd: () => {}, ...where };
}

/** A client that counts, and answers when the event loop has come around. */
class CountingClient implements Client {
  readonly addresses: (string | undefined)[] = [];
  mostUnderWay = 0;
  #underWay = 0;
  readonly #answer: (attempt: number) => Subscription;

  constructor(answer: (attempt: number) => Subscription = () => subscription) {
    this.#answer = answer;
  }

  async subscribe(_endpoints: unknown, options: SubscribeOptions): Promise<Subscription> {
    const attempt = this.addresses.push(options.localAddress);
    this.#underWay++;
    this.mostUnderWay = Math.max(this.mostUnderWay, this.#underWay);
    await new Promise((resolve) => setImmediate(resolve));
    this.#underWay--;
    return this.#answer(attempt);
  }
}

it("connects as many as asked for, few at once, from each address in turn", async () => {
  const client = new CountingClient();
  expect(await ramp(client, order, optionsFrom)).toMatchObject({ connected: 200, failures: {} });
  expect(client.mostUnderWay).toBe(8);
  expect(client.addresses.slice(0, 3)).toEqual(["127.0.0.2", "127.0.0.3", "127.0.0.2"]);
});

it("begins no attempt before it is due", async () => {
  const { durationMs } = await ramp(
    new CountingClient(),
    { ...order, count: 21, perSecond: 200 },
    optionsFrom,
  );
  expect(durationMs).toBeGreaterThanOrEqual(100);
});

it("counts failures by message, and goes on", async () => {
  const client = new CountingClient((attempt) => {
    if (attempt % 10 === 0) throw new Error("no");
    return subscription;
  });
  expect(await ramp(client, order, optionsFrom)).toMatchObject({ connected: 180, failures: { no: 20 } });
});

it("ends when the server says no again and again", async () => {
  const client = new CountingClient((attempt) => {
    if (attempt > 100) throw new Error("full");
    return subscription;
  });
  const { connected, failures } = await ramp(client, { ...order, count: 10_000 }, optionsFrom);
  expect(connected).toBe(100);
  expect(failures.full).toBeGreaterThanOrEqual(50);
  expect(failures.full).toBeLessThan(50 + order.atOnce);
});

it("ends when its time is over", async () => {
  const { connected } = await ramp(
    new CountingClient(),
    { ...order, perSecond: 100, forMs: 30 },
    optionsFrom,
  );
  expect(connected).toBeLessThan(200);
});

it("has nothing to do for none", async () => {
  expect(await ramp(new CountingClient(), { ...order, count: 0 }, optionsFrom)).toMatchObject({
    connected: 0,
  });
});
