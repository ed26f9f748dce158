import { beforeEach, describe, expect, it } from "vitest";
import type { Event, Gap } from "../../servers/contract.ts";
import type { ConnectOptions } from "../../servers/dashboard/connect/connect.js";
import { backoffMs, Connection, type State } from "../../servers/dashboard/connect/connection.js";
import type { About } from "../../servers/dashboard/server-json.js";

/** A server, its transport and the time, all in the hands of the test. */
class World {
  nowMs = 0;
  last = 0;
  epoch = "first";
  isUp = true;
  readonly opened: (ConnectOptions & { isClosed: boolean })[] = [];
  readonly states: State[] = [];
  readonly events: { id: number; isNew: boolean }[] = [];
  readonly repeated: number[] = [];
  readonly gaps: Gap[] = [];
  #timers = new Map<number, { run: () => void; atMs: number }>();
  #timerCount = 0;

  readonly connection = new Connection({
    origin: "http://server",
    askServer: async () => {
      if (!this.isUp) throw new Error("refused");
      return this.#about();
    },
    loadConnect: async () => (options) => {
      const connection = { ...options, isClosed: false };
      this.opened.push(connection);
      return {
        close: () => {
          connection.isClosed = true;
        },
      };
    },
    onState: (state) => this.states.push(state),
    onServer: () => {},
    onCarrier: () => {},
    onEvent: ({ id }, _receivedAtMs, isNew) => this.events.push({ id, isNew }),
    onRepeat: ({ id }) => this.repeated.push(id),
    onGap: (gap) => this.gaps.push(gap),
    reasonOf: String,
    now: () => this.nowMs,
    random: () => 1,
    setTimer: (run, ms) => {
      this.#timers.set(++this.#timerCount, { run, atMs: this.nowMs + ms });
      return this.#timerCount;
    },
    clearTimer: (timer) => this.#timers.delete(Number(timer)),
  });

  #about(): About {
    const { epoch, last, nowMs } = this;
    return { name: "ws", ioModel: "event loop", transport: "ws", summary: "", epoch, last, nowMs, peers: [] };
  }

  get current() {
    const connection = this.opened.at(-1);
    if (connection === undefined) throw new Error("expected a connection, got none");
    return connection;
  }

  get state() {
    return this.states.at(-1)?.kind;
  }

  /** Connects and is live. */
  async goLive() {
    this.connection.connect();
    await settle();
    this.current.onLive();
  }

  /** Lets time pass, and whatever is due happen. */
  async pass(ms: number) {
    const endMs = this.nowMs + ms;
    for (;;) {
      const [due] = [...this.#timers].filter(([, { atMs }]) => atMs <= endMs);
      if (due === undefined) break;
      this.#timers.delete(due[0]);
      this.nowMs = due[1].atMs;
      due[1].run();
      await settle();
    }
    this.nowMs = endMs;
  }

  send(from: number, to = from, connection = this.current) {
    for (let id = from; id <= to; id++) connection.onEvent(event(id), this.nowMs);
  }
}

const settle = () => new Promise<void>((resolve) => setImmediate(resolve));
const event = (id: number): Event => ({ id, type: "hook.test", at: 0, data: {} });

let world: World;

beforeEach(() => {
  world = new World();
});

const ids = () => world.events.map(({ id }) => id);

describe("a page's connection", () => {
  it("begins with the last 500 events, which are not news", async () => {
    world.last = 1_200;
    await world.goLive();
    expect(world.current.after).toBe(700);
    world.send(701, 1_201);
    expect(world.events[0]).toEqual({ id: 701, isNew: false });
    expect(world.events.at(-1)).toEqual({ id: 1_201, isNew: true });
    expect(world.gaps).toEqual([]);
  });

  it("is live once the transport is, not before", async () => {
    world.connection.connect();
    await settle();
    expect(world.state).toBe("connecting");
    world.current.onLive();
    expect(world.state).toBe("live");
  });

  it("goes on where it was when the connection ends, with nothing lost and nothing twice", async () => {
    await world.goLive();
    world.send(1, 3);
    const first = world.current;
    first.onEnd("reset");
    expect(world.states.at(-1)).toEqual({ kind: "waiting", reason: "reset", nextTryAtMs: 250 });
    // What the old connection still has to say is not listened to: the new one brings it.
    world.send(4, 4, first);
    first.onEnd("again");
    world.last = 5;
    await world.pass(250);
    expect(world.opened).toHaveLength(2);
    expect(first.isClosed).toBe(true);
    expect(world.current.after).toBe(3);
    world.current.onLive();
    world.send(3, 6);
    expect(ids()).toEqual([1, 2, 3, 4, 5, 6]);
    expect(world.events.map(({ isNew }) => isNew)).toEqual([true, true, true, false, false, true]);
    // Which is the server's fault, and told of.
    expect(world.repeated).toEqual([3]);
  });

  it("begins with the first event of a server that has begun anew, though it has as many", async () => {
    await world.goLive();
    world.send(1, 3);
    world.epoch = "second";
    world.last = 5;
    world.current.onEnd("reset");
    await world.pass(250);
    expect(world.current.after).toBe(0);
    expect(world.gaps).toEqual([{ after: 3, next: 1 }]);
    world.current.onLive();
    world.send(1, 5);
    expect(ids()).toEqual([1, 2, 3, 1, 2, 3, 4, 5]);
  });

  it("comes back when the server turns out to be another than was asked", async () => {
    await world.goLive();
    world.epoch = "second";
    await world.pass(15_000);
    expect(world.states.at(-1)).toMatchObject({ kind: "waiting", reason: "the server has begun anew" });
  });

  it("waits longer after each failure, up to a limit, and anew once it was live", async () => {
    await world.goLive();
    world.isUp = false;
    world.current.onEnd("gone");
    await world.pass(60_000);
    const waits = world.states.flatMap((state) => (state.kind === "waiting" ? [state.nextTryAtMs] : []));
    expect(waits.slice(0, 6).map((atMs, index) => atMs - (waits[index - 1] ?? 0))).toEqual([
      250, 500, 1_000, 2_000, 4_000, 4_000,
    ]);
    world.isUp = true;
    await world.pass(4_000);
    world.current.onLive();
    world.current.onEnd("gone");
    expect(world.states.at(-1)).toMatchObject({ kind: "waiting", nextTryAtMs: world.nowMs + 250 });
  });

  it("spreads the tries of many pages over half of each pause", () => {
    expect([0, 1].map((random) => backoffMs(3, () => random))).toEqual([1_000, 2_000]);
  });

  it("tries at once when told to, and only then if it waits", async () => {
    await world.goLive();
    world.connection.connectNow();
    expect(world.opened).toHaveLength(1);
    world.current.onEnd("gone");
    world.connection.connectNow();
    await settle();
    expect(world.opened).toHaveLength(2);
    // The try that was planned is not made as well.
    world.current.onLive();
    await world.pass(5_000);
    expect(world.opened).toHaveLength(2);
  });

  it("gives up a try that does not go live in time", async () => {
    world.connection.connect();
    await settle();
    await world.pass(10_000);
    expect(world.states.at(-1)).toMatchObject({ kind: "waiting", reason: "no answer in time" });
    expect(world.current.isClosed).toBe(true);
  });

  it("follows a server that has begun anew, and says so", async () => {
    await world.goLive();
    world.send(1, 40);
    world.current.onEnd("killed");
    world.last = 0;
    await world.pass(250);
    world.current.onLive();
    world.current.onGap({ after: 40, next: 1 });
    world.send(1, 2);
    expect(world.gaps).toEqual([{ after: 40, next: 1 }]);
    expect(ids().slice(-2)).toEqual([1, 2]);
    expect(world.connection.cursor).toBe(2);
  });

  it("says that events are missing also when the server does not", async () => {
    await world.goLive();
    world.send(1);
    world.send(5);
    expect(world.gaps).toEqual([{ after: 1, next: 5 }]);
    expect(ids()).toEqual([1, 5]);
  });

  it("notices a connection that is dead without a word, by what the server has", async () => {
    await world.goLive();
    world.last = 7;
    await world.pass(15_000);
    expect(world.state).toBe("live");
    await world.pass(15_000);
    expect(world.states.at(-1)).toMatchObject({ kind: "waiting", reason: "the connection fell silent" });
    await world.pass(250);
    expect(world.current.after).toBe(0);
  });

  it("keeps a connection that brings events, and one whose server is too busy to be asked", async () => {
    await world.goLive();
    world.last = 7;
    await world.pass(15_000);
    world.send(1, 7);
    world.isUp = false;
    await world.pass(60_000);
    expect(world.state).toBe("live");
    expect(world.opened).toHaveLength(1);
  });

  it("listens no more when it is stopped, and goes on from its cursor when it connects again", async () => {
    await world.goLive();
    world.send(1, 2);
    const first = world.current;
    world.connection.stop();
    expect(first.isClosed).toBe(true);
    world.send(3, 3, first);
    await world.pass(60_000);
    expect(world.opened).toHaveLength(1);
    expect(world.state).toBe("stopped");
    world.connection.connectNow();
    expect(world.state).toBe("connecting");
    await settle();
    expect(world.current.after).toBe(2);
    expect(ids()).toEqual([1, 2]);
  });
});
