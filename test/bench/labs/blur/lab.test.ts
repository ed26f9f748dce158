import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { BlackHole } from "../../../../bench/labs/blur/black-hole.ts";
import lab from "../../../../bench/labs/blur/lab.ts";
import { ReturningSubscriber } from "../../../../bench/labs/blur/returning-subscriber.ts";
import { within } from "../../../../conformance/wait.ts";
import type { Client, Event, SubscribeOptions } from "../../../../servers/contract.ts";
import { noErrors } from "../../fixtures/one-cell.ts";
import { smokeTrial } from "../smoke-trial.ts";

const deadlineMs = 10_000;

describe("a black hole", () => {
  let server: Server;
  let hole: BlackHole;
  let near: Socket;
  let far: Socket;

  beforeEach(async () => {
    server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;
    const before = await BlackHole.before(`tcp://127.0.0.1:${port}`);
    hole = before.hole;
    const accepted = once(server, "connection");
    near = connect(Number(new URL(before.url).port), "127.0.0.1");
    [far] = await accepted;
  });
  afterEach(() => {
    near.destroy();
    hole.close();
    server.close();
  });

  const next = async (socket: Socket) => String((await within(deadlineMs, "data", once(socket, "data")))[0]);

  it("passes both ways what is sent, until it swallows", async () => {
    near.write("there");
    expect(await next(far)).toBe("there");
    far.write("back");
    expect(await next(near)).toBe("back");
    const heard: string[] = [];
    near.on("data", (chunk) => heard.push(String(chunk)));
    hole.swallow();
    far.end("never");
    await within(deadlineMs, "the server's end to be seen", hole.serverLeftAtMs);
    expect(heard).toEqual([]);
    expect(near.readyState).toBe("open");
  });

  it("takes a close frame for giving up, whenever the connection ends", async () => {
    hole.swallow();
    far.write(Buffer.from([0x88, 0]));
    await within(deadlineMs, "the close frame to be seen", hole.serverLeftAtMs);
    expect(near.readyState).toBe("open");
  });

  it("does not take a connection that ends with an answer for one given up", async () => {
    hole.swallow();
    far.end("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n");
    const accepted = once(server, "connection");
    const second = await BlackHole.before(`tcp://127.0.0.1:${(server.address() as AddressInfo).port}`);
    const other = connect(Number(new URL(second.url).port), "127.0.0.1");
    const [otherFar] = (await accepted) as [Socket];
    second.hole.swallow();
    otherFar.destroy();
    // The one that was given up later is seen; that of the answer had its end before, and is not.
    const first = await Promise.race([
      hole.serverLeftAtMs.then(() => "answered"),
      second.hole.serverLeftAtMs.then(() => "given up"),
    ]);
    expect(first).toBe("given up");
    other.destroy();
    second.hole.close();
  });
});

/** A client whose events a test makes. */
class HandFed implements Client {
  readonly subscribed: SubscribeOptions[] = [];
  #last = 10;

  async subscribe(_endpoints: unknown, options: SubscribeOptions) {
    this.subscribed.push(options);
    const start = options.after ?? this.#last;
    return { cursor: () => Math.max(start, this.#last), close: () => {} };
  }

  feed(id: number): void {
    this.#last = Math.max(this.#last, id);
    const event: Event = { id, type: "hook.test", at: 0, data: null };
    this.subscribed.at(-1)?.onEvent(event);
  }
}

describe("a subscriber that comes back", () => {
  const order = { endpoints: { http: "http://127.0.0.1:1" }, pollMs: 1, waitSeconds: 1 };

  it("says what it had last if it keeps a cursor, and loses nothing", async () => {
    const client = new HandFed();
    const subscriber = new ReturningSubscriber({ ...order, client, keepsCursor: true });
    await subscriber.subscribe();
    client.feed(11);
    await subscriber.leaveFor(0);
    expect(client.subscribed.map(({ after }) => after)).toEqual([undefined, 11]);
    for (const id of [12, 13]) client.feed(id);
    expect(await subscriber.until(13)).toMatchObject({ lost: 0, disordered: 0 });
  });

  it("asks for what comes from then on if it keeps none, and counts what it never had", async () => {
    const client = new HandFed();
    const subscriber = new ReturningSubscriber({ ...order, client, keepsCursor: false });
    await subscriber.subscribe();
    await subscriber.leaveFor(0);
    expect(client.subscribed.map(({ after }) => after)).toEqual([undefined, undefined]);
    for (const id of [14, 15]) client.feed(id);
    // 11 to 13 came while it was away.
    expect(await subscriber.until(15)).toMatchObject({ lost: 3, disordered: 0 });
  });

  it("counts what it had before or in the wrong order", async () => {
    const client = new HandFed();
    const subscriber = new ReturningSubscriber({ ...order, client, keepsCursor: true });
    await subscriber.subscribe();
    for (const id of [12, 11, 12, 13]) client.feed(id);
    expect(await subscriber.until(13)).toMatchObject({ lost: 0, disordered: 2 });
  });

  it("says so when its subscription ends", async () => {
    const client = new HandFed();
    const subscriber = new ReturningSubscriber({ ...order, client, keepsCursor: true });
    await subscriber.subscribe();
    client.subscribed[0]?.onEnd("server closing");
    await expect(subscriber.until(11)).rejects.toThrow("got its end: server closing");
  });
});

describe("the blur lab", () => {
  it("finds no event lost with a cursor, and none out of order", async () => {
    const { figures, errors } = await smokeTrial(lab, { arm: "ws", point: { eventsPerSecond: 100 } });
    expect(errors).toEqual(noErrors);
    expect(figures).toMatchObject({ lostWithCursor: 0, disordered: 0, clientKnew: 0 });
    expect(figures.lostBare).toBeGreaterThanOrEqual(0);
    expect(figures.meanMs).toBeGreaterThan(50);
    // It gives up a subscriber that let one ping go unanswered, when the next is due.
    if (figures.serverKnew === 1) expect(figures.serverKnewHeartbeats).toBeGreaterThanOrEqual(0.9);
  });
});
