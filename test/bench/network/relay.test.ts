import { createHash, randomBytes } from "node:crypto";
import { once } from "node:events";
import type { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { nowMs } from "../../../bench/load/clock.ts";
import { startRelays } from "../../../bench/network/relay.ts";
import { eventually, within } from "../../../conformance/wait.ts";
import { closedPort, connectTo, openServer, readAll, relayTo, shortLink } from "./carried.ts";

const deadlineMs = 60_000;

const hashOf = (bytes: Buffer) => createHash("sha256").update(bytes).digest("hex");

/** Resolves with the error that ends a connection. */
const errorOf = (socket: Socket): Promise<unknown> =>
  within(
    deadlineMs,
    "an error",
    once(socket, "error").then(([error]) => error),
  );

const echo = (socket: Socket) => {
  socket.pipe(socket);
  socket.on("error", () => {});
};

describe("a relay carries", () => {
  it("bytes unchanged and in order, on many connections at once", async () => {
    const { port, relays } = await relayTo(await openServer(echo), { roundTripMs: 2, bitsPerSecond: 8e9 });
    const sizes = [...Array.from({ length: 100 }, (_, index) => 1 + index * 997), 20_000_000, 20_000_000];
    const transfers = sizes.map(async (size) => {
      const socket = connectTo(port);
      const bytes = randomBytes(size);
      socket.end(bytes);
      expect(hashOf(await readAll(socket))).toBe(hashOf(bytes));
    });
    await within(deadlineMs, "every transfer", Promise.all(transfers));
    const [use] = await eventually(
      deadlineMs,
      "no connection to be left",
      () => relays.collect(),
      ([use]) => use?.connections === 0,
    );
    const total = sizes.reduce((sum, size) => sum + size, 0);
    expect(use).toMatchObject({ bytesToServer: total, bytesToClient: total, failures: {} });
    expect(use?.lateness?.medianMs).toBeGreaterThanOrEqual(0);
  });

  it("the end of one direction while the other goes on", async () => {
    const { port } = await relayTo(
      await openServer(async (socket) => {
        const question = await readAll(socket);
        socket.end(`the answer to ${question}`);
      }),
      shortLink,
    );
    const socket = connectTo(port);
    socket.end("a question");
    const answer = await within(deadlineMs, "the answer", readAll(socket));
    expect(answer.toString()).toBe("the answer to a question");
  });

  it("a server's reset to the client", async () => {
    const { port } = await relayTo(
      await openServer((socket) => {
        socket.once("data", () => socket.resetAndDestroy());
      }),
      shortLink,
    );
    const socket = connectTo(port);
    socket.write("hello");
    expect(await errorOf(socket.resume())).toMatchObject({ code: "ECONNRESET" });
  });

  it("a client's reset to the server", async () => {
    let reset: Promise<unknown> = Promise.resolve();
    const { port } = await relayTo(
      await openServer((socket) => {
        reset = errorOf(socket);
        socket.write("hello");
        socket.resume();
      }),
      shortLink,
    );
    const socket = connectTo(port);
    await within(deadlineMs, "a greeting", once(socket, "data"));
    socket.resetAndDestroy();
    expect(await reset).toMatchObject({ code: "ECONNRESET" });
  });

  it("a refusal to the client as a reset, and counts it", async () => {
    const { port, relays } = await relayTo(await closedPort(), shortLink);
    expect(await errorOf(connectTo(port))).toMatchObject({ code: "ECONNRESET" });
    const [use] = await relays.collect();
    expect(use?.failures).toEqual({ "connect ECONNREFUSED": 1 });
  });

  it("nothing of a client that does not read beyond its window, and the rest once it reads", async () => {
    const bytes = randomBytes(64 * 1024 * 1024);
    const { port, relays } = await relayTo(
      await openServer((socket) => {
        socket.once("data", () => socket.end(bytes));
        socket.on("error", () => {});
      }),
      shortLink,
    );
    const reading = connectTo(port);
    const paused = connectTo(port).pause();
    paused.write("send");
    await eventually(
      deadlineMs,
      "bytes on the way to the client that does not read",
      () => relays.collect(),
      ([use]) => (use?.bytesToClient ?? 0) > 0,
    );
    // By the time that this has come, the other would have come too if nothing held it back.
    reading.write("send");
    await within(deadlineMs, "the transfer of a client that reads", readAll(reading));
    const [use] = await relays.collect();
    // Beside the window, the kernel's buffers on both sides of the client's connection take a few MiB.
    expect((use?.bytesToClient ?? 0) - bytes.length).toBeLessThan(32 * 1024 * 1024);
    const all = await within(deadlineMs, "the rest of the bytes", readAll(paused));
    expect(hashOf(all)).toBe(hashOf(bytes));
  });

  it("a thousand connections that are idle, and then each of them", async () => {
    const { port, relays } = await relayTo(await openServer(echo), shortLink);
    const sockets = Array.from({ length: 1_000 }, () => connectTo(port));
    await eventually(
      deadlineMs,
      "every connection to be carried",
      () => relays.collect(),
      ([use]) => use?.connections === 1_000,
    );
    const answers = sockets.map((socket, index) => {
      socket.end(`number ${index}`);
      return readAll(socket);
    });
    const texts = (await within(deadlineMs, "every answer", Promise.all(answers))).map(String);
    expect(texts).toEqual(sockets.map((_, index) => `number ${index}`));
  });
});

describe("a relay is never too early", () => {
  const roundTripMs = 60;
  const link = { roundTripMs, bitsPerSecond: 1e12 };

  it("with a message and its answer: a round trip, and another for the set-up", async () => {
    const { port } = await relayTo(await openServer(echo), link);
    const startMs = nowMs();
    const socket = connectTo(port);
    socket.write("first");
    await within(deadlineMs, "the first answer", once(socket, "data"));
    const answeredMs = nowMs();
    expect(answeredMs - startMs).toBeGreaterThanOrEqual(2 * roundTripMs);
    socket.write("second");
    await within(deadlineMs, "the second answer", once(socket, "data"));
    expect(nowMs() - answeredMs).toBeGreaterThanOrEqual(roundTripMs);
  });

  it("with a server that speaks first: it has the connection after one round trip and a half", async () => {
    let connectedMs = 0;
    const target = await openServer((socket) => {
      connectedMs = nowMs();
      socket.write("hello");
    });
    const { port } = await relayTo(target, link);
    const startMs = nowMs();
    const socket = connectTo(port);
    await within(deadlineMs, "a greeting", once(socket, "data"));
    expect(connectedMs - startMs).toBeGreaterThanOrEqual(1.5 * roundTripMs);
    expect(nowMs() - startMs).toBeGreaterThanOrEqual(2 * roundTripMs);
  });

  it("with an end", async () => {
    const { port } = await relayTo(await openServer(echo), link);
    const socket = connectTo(port);
    socket.write("hello");
    await within(deadlineMs, "an answer", once(socket, "data"));
    const startMs = nowMs();
    socket.end();
    await within(deadlineMs, "the other's end", once(socket.resume(), "end"));
    expect(nowMs() - startMs).toBeGreaterThanOrEqual(roundTripMs);
  });

  it("with many bytes: the bandwidth is shared by all connections, each direction by itself", async () => {
    const bitsPerSecond = 80e6;
    const { port } = await relayTo(await openServer(echo), { roundTripMs: 1, bitsPerSecond });
    const startMs = nowMs();
    const transfers = Array.from({ length: 4 }, () => {
      const socket = connectTo(port);
      socket.end(Buffer.alloc(1_000_000));
      return readAll(socket);
    });
    await within(deadlineMs, "every transfer", Promise.all(transfers));
    // Both directions carry 4 MB, at the same time; in turn they would take twice as long.
    expect(nowMs() - startMs).toBeGreaterThanOrEqual((4_000_000 * 8_000) / bitsPerSecond);
  });
});

describe("relays", () => {
  it("are none where the network has no link", async () => {
    const endpoints = { http: "http://127.0.0.1:1", tcp: "tcp://127.0.0.1:2" };
    const relays = await startRelays({ network: { summary: "loopback" }, endpoints, count: 2 });
    expect(relays.endpoints).toEqual([endpoints, endpoints]);
    expect(await relays.collect()).toEqual([]);
    await relays.kill();
  });

  it("give each load process endpoints of its own, raw TCP included", async () => {
    const sources = new Set<string | undefined>();
    const port = await openServer((socket) => {
      sources.add(socket.remoteAddress);
      echo(socket);
    });
    const endpoints = { http: `http://127.0.0.1:${port}`, tcp: `tcp://127.0.0.1:${port}` };
    const network = { summary: "short", link: shortLink };
    const relays = await startRelays({ network, endpoints, count: 2 });
    try {
      const urls = relays.endpoints.flatMap(({ http, tcp }) => [http, tcp ?? ""]);
      expect(new Set(urls).size).toBe(4);
      for (const url of urls) {
        const socket = connectTo(Number(new URL(url).port));
        socket.end("hello");
        expect((await within(deadlineMs, "an echo", readAll(socket))).toString()).toBe("hello");
      }
      // Where there are many loopback addresses, each connection comes from another, and no two relays share one.
      expect(sources.size).toBe(process.platform === "linux" ? 4 : 1);
      await relays.reset();
      expect(await relays.collect()).toMatchObject([{ bytesToServer: 0 }, { bytesToServer: 0 }]);
    } finally {
      await relays.kill();
    }
  });

  it("say what is wrong with an endpoint that cannot be carried to", async () => {
    const network = { summary: "short", link: shortLink };
    const started = startRelays({ network, endpoints: { http: "http://localhost:80" }, count: 2 });
    await expect(started).rejects.toThrow("expected an endpoint with an IPv4 address and a port");
  });
});
