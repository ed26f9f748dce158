import { describe, expect, it } from "vitest";
import { pausesMs } from "../../dispatch/schedule.ts";
import type { Subscription } from "../../dispatch/subscriptions.ts";
import { dispatch, messageOfType, temporaryFolder } from "./dispatching.ts";
import { answer, Network, type Receiver, silence } from "./network.ts";
import { VirtualClock } from "./virtual-clock.ts";

const second = 1_000;

describe("a sender", () => {
  it("does not let a slow target hold up the others, nor give it more than its share", async () => {
    const { dispatching, clock, serve } = await setUp({ total: 6, perTarget: 2 });
    let held = 0;
    let most = 0;
    serve("slow.example", "93.184.216.34", async () => {
      most = Math.max(most, ++held);
      return silence;
    });
    let taken = 0;
    serve("fast.example", "93.184.216.35", async () => {
      taken++;
      return answer(200);
    });
    for (let id = 1; id <= 50; id++) dispatching.take(messageOfType("hook.a", clock.now()), id);
    await clock.pass(0);
    expect({ taken, held, most }).toEqual({ taken: 50, held: 2, most: 2 });
    await dispatching.close();
  });

  it("has no more attempts under way than it may, and gives each target its turn", async () => {
    const { dispatching, clock, serve } = await setUp({ total: 3, perTarget: 3 });
    const taken: string[] = [];
    let underWay = 0;
    let most = 0;
    for (const name of ["a", "b", "c"]) {
      serve(`${name}.example`, `93.184.216.${name.charCodeAt(0)}`, async () => {
        most = Math.max(most, ++underWay);
        await new Promise<void>((resolve) => clock.after(100, resolve));
        underWay--;
        taken.push(name);
        return answer(200);
      });
    }
    for (let id = 1; id <= 12; id++) dispatching.take(messageOfType("hook.a", clock.now()), id);
    await clock.pass(10 * second);
    expect(most).toBe(3);
    expect(taken).toHaveLength(36);
    expect(new Set(taken.slice(0, 9))).toEqual(new Set(["a", "b", "c"]));
    await dispatching.close();
  });

  it.each([429, 502, 504])(
    "sends nothing for a while to a target that answers %i, then one at a time",
    async (status) => {
      const { dispatching, clock, serve } = await setUp({ perTarget: 3 });
      const times: number[] = [];
      const startMs = clock.now();
      serve("busy.example", "93.184.216.34", async () => {
        times.push(clock.now() - startMs);
        await new Promise<void>((resolve) => clock.after(10, resolve));
        return times.length <= 4 ? answer(status, { "retry-after": "60" }) : answer(200);
      });
      for (let id = 1; id <= 6; id++) dispatching.take(messageOfType("hook.a", startMs), id);
      await clock.pass(300 * second);
      // Three at once; after a minute one, which is refused; after another minute one, and as it is taken, the others.
      expect(times.slice(0, 6)).toEqual([0, 0, 0, 60_010, 120_020, 120_030]);
      expect(times).toHaveLength(10);
      await dispatching.close();
    },
  );

  it.each([429, 502])(
    "goes on with others on a host while one of its subscriptions is put off by %i for a day",
    async (status) => {
      const { dispatching, clock, serve } = await setUp({ perTarget: 2 });
      const paths: string[] = [];
      const receiver: Receiver = async ({ url }) => {
        paths.push(new URL(url).pathname);
        return url.endsWith("/busy") ? answer(status, { "retry-after": "86400" }) : answer(200);
      };
      serve("a.example", "93.184.216.34", receiver, { targetUrl: "https://a.example/busy" });
      serve("b.example", "93.184.216.34", receiver, { targetUrl: "https://a.example/well" });
      for (let id = 1; id <= 6; id++) dispatching.take(messageOfType("hook.a", clock.now()), id);
      await clock.pass(0);
      expect(paths.filter((path) => path === "/well")).toHaveLength(6);
      // As many as were under way together.
      expect(paths.filter((path) => path === "/busy").length).toBeLessThanOrEqual(2);
      await dispatching.close();
    },
  );

  it("says that it cannot store what an attempt led to, and sends nothing more", async () => {
    const { dispatching, clock, serve } = await setUp({ perTarget: 1 });
    let asked = 0;
    serve("a.example", "93.184.216.34", async () => {
      asked++;
      return answer(200);
    });
    for (let id = 1; id <= 3; id++) dispatching.take(messageOfType("hook.a", clock.now()), id);
    const full = new Error("No space left on device");
    dispatching.store.settle = () => {
      throw full;
    };
    await clock.pass(60 * second);
    expect({ asked, failures: dispatching.failures }).toEqual({ asked: 1, failures: [full] });
    await dispatching.close();
  });

  it("notes what was delivered as it was being closed", async () => {
    const { dispatching, clock, serve } = await setUp();
    const { sender, store } = dispatching;
    const { id } = serve("a.example", "93.184.216.34", async () => ({
      ...answer(200),
      get status() {
        void sender.close();
        return 200;
      },
    }));
    dispatching.take(messageOfType("hook.a", clock.now()), 1);
    await clock.pass(0);
    expect(store.waiting(id)).toBe(0);
    await dispatching.close();
  });

  it("keeps to the rate that a target of CloudEvents allows", async () => {
    const { dispatching, clock, serve } = await setUp();
    const times: number[] = [];
    const startMs = clock.now();
    const receiver: Receiver = async () => {
      times.push(clock.now() - startMs);
      return answer(202);
    };
    serve("cloud.example", "93.184.216.34", receiver, { format: "cloudevents", perMinute: 30 });
    for (let id = 1; id <= 4; id++) dispatching.take(messageOfType("hook.a", startMs), id);
    await clock.pass(10 * second);
    expect(times).toEqual([0, 2_000, 4_000, 6_000]);
    await dispatching.close();
  });

  it("starts what waited anew when its subscription is made active again", async () => {
    const { dispatching, clock, serve } = await setUp();
    let well = false;
    const ids: string[] = [];
    const subscription = serve("dead.example", "93.184.216.34", async (ask) => {
      ids.push(ask.headers["webhook-id"] ?? "");
      return answer(well ? 200 : 500);
    });
    const { store } = dispatching;
    dispatching.take(messageOfType("hook.a", clock.now()), 1);
    await clock.pass(1.2 * pausesMs.reduce((sum, ms) => sum + ms));
    expect(store.subscription(subscription.id)).toMatchObject({ state: "disabled" });
    expect(ids).toHaveLength(10);
    expect(new Set(ids).size).toBe(1);
    // While it is disabled nothing is added.
    dispatching.take(messageOfType("hook.a", clock.now()), 2);
    expect(store.waiting(subscription.id)).toBe(1);
    well = true;
    store.activate(subscription, clock.now());
    dispatching.sender.wake([subscription.id]);
    await clock.pass(0);
    expect(ids).toHaveLength(11);
    expect(store.waiting(subscription.id)).toBe(0);
    await dispatching.close();
  });

  it("forgets what is sent to a subscription that is removed meanwhile, and keeps what is sent to one disabled", async () => {
    const { dispatching, clock, serve } = await setUp();
    const slow: Receiver = async () => {
      await new Promise<void>((resolve) => clock.after(1_000, resolve));
      return answer(500);
    };
    const removed = serve("removed.example", "93.184.216.34", slow);
    const disabled = serve("disabled.example", "93.184.216.35", slow);
    const { store } = dispatching;
    dispatching.take(messageOfType("hook.a", clock.now()), 1);
    await clock.pass(10);
    store.remove(removed.id);
    store.disable(disabled.id, "by its owner");
    await clock.pass(60 * second);
    expect(dispatching.attempts).toHaveLength(2);
    expect(store.waiting(removed.id)).toBe(0);
    expect(store.waiting(disabled.id)).toBe(1);
    expect(store.due()).toEqual([]);
    await dispatching.close();
  });

  it("lets only so much wait for one of the hub, which it then forgets, and tells the others", async () => {
    const { dispatching, clock, serve } = await setUp();
    const told: string[] = [];
    const watch: Receiver = async ({ body = "" }) => {
      told.push(JSON.parse(body).data.reason);
      return answer(200);
    };
    serve("watch.example", "93.184.216.35", watch, { events: ["dispatch.*"] });
    const dead = serve("dead.example", "93.184.216.34", async () => answer(500), { format: "websub" });
    for (let id = 1; id <= 100; id++) dispatching.take(messageOfType("hook.a", clock.now()), id);
    await clock.pass(second);
    expect(dispatching.store.waiting(dead.id)).toBe(100);
    dispatching.take(messageOfType("hook.a", clock.now()), 101);
    await clock.pass(second);
    expect(told).toEqual(["expected at most 100 deliveries to wait, got more"]);
    expect(dispatching.store.subscription(dead.id)).toBeUndefined();
    expect(dispatching.store.due()).toEqual([]);
    await dispatching.close();
  });

  it("goes on with what is stored after it was closed in the middle", async () => {
    const { folder, network, dispatching, clock, serve } = await setUp();
    let answers: Receiver = () => silence;
    const ids: string[] = [];
    serve("a.example", "93.184.216.34", (ask, signal) => {
      ids.push(ask.headers["webhook-id"] ?? "");
      return answers(ask, signal);
    });
    dispatching.take(messageOfType("hook.a", clock.now()), 7);
    await clock.pass(10);
    await dispatching.close();
    answers = async () => answer(200);
    const again = dispatch(folder, clock, network);
    await clock.pass(10);
    expect(again.store.cursor).toBe(7);
    expect(ids).toHaveLength(2);
    expect(ids[0]).toBe(ids[1]);
    expect(again.store.due()).toEqual([]);
    await again.close();
  });
});

async function setUp(limits: { total?: number; perTarget?: number } = {}) {
  const folder = await temporaryFolder();
  const clock = new VirtualClock();
  const network = new Network();
  const dispatching = dispatch(folder, clock, network, limits);
  const serve = (
    name: string,
    address: string,
    receiver: Receiver,
    changes: Partial<Subscription> = {},
  ): Subscription => {
    network.add(name, address, receiver);
    const subscription: Subscription = {
      id: `sub_${name}`,
      targetUrl: `https://${name}/hook`,
      events: ["hook.*"],
      format: "standard",
      state: "active",
      reason: "",
      secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
      token: "",
      perMinute: 0,
      createdMs: clock.now(),
      expiresMs: undefined,
      ...changes,
    };
    dispatching.store.keep(subscription);
    return subscription;
  };
  return { folder, clock, network, dispatching, serve };
}
