import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { setTimeout as pause } from "node:timers/promises";
import { nowMs } from "../load/clock.ts";
import { LatencyHistogram } from "../stats/histogram.ts";
import type { Link } from "./networks.ts";
import { startRelays } from "./relay.ts";

/** What a relay was asked for, and what it gave. */
export interface Accuracy {
  readonly askedMs: number;
  readonly medianMs: number;
  readonly p99Ms: number;
  readonly samples: number;
}

/** Time the round trips may take, one after the other on each connection: decides how many connections there are. */
const budgetMs = 2_000;

/** Round trips before the first that counts, on all connections together: code that ran a few times runs slower. */
const warmUpSamples = 50;

/** About what a small event weighs. */
const messageBytes = 200;

/**
 * Measures round trips of a small message through a relay to a server in this process that echoes it, and so the
 * overhead of both ends too. Gives `samples` of them or a few more; takes as long as a relay's start, and about
 * `budgetMs` at most.
 */
export async function measureAccuracy(link: Link, samples = 200, core?: number): Promise<Accuracy> {
  const echo = createServer({ noDelay: true }, (socket) => {
    socket.pipe(socket);
    // A relay that ends cuts what it carries; the client's end of the connection tells.
    socket.on("error", () => {});
  });
  echo.listen({ host: "127.0.0.1", port: 0 });
  await once(echo, "listening");
  const sockets: Socket[] = [];
  const pinned = core === undefined ? {} : { core };
  const endpoints = { http: urlOf(echo) };
  try {
    const relays = await startRelays({
      network: { summary: "measured by itself", link },
      endpoints,
      count: 1,
      ...pinned,
    });
    try {
      const connections = Math.ceil(((samples + warmUpSamples) * link.roundTripMs) / budgetMs) || 1;
      const each = Math.ceil(samples / connections);
      const warmUp = Math.ceil(warmUpSamples / connections);
      const [relayed = endpoints] = relays.endpoints;
      const histogram = new LatencyHistogram();
      const measure = async (index: number) => {
        // Spread over the round trip, so that the messages of one connection do not wait for those of another.
        await pause((index * link.roundTripMs) / connections);
        const socket = connect({
          host: "127.0.0.1",
          port: Number(new URL(relayed.http).port),
          noDelay: true,
        });
        sockets.push(socket);
        await roundTrips(socket, warmUp + each, warmUp, histogram);
      };
      await Promise.all(Array.from({ length: connections }, (_, index) => measure(index)));
      const medianMs = histogram.percentileMs(50);
      const p99Ms = histogram.percentileMs(99);
      if (medianMs === undefined || p99Ms === undefined)
        throw new Error(`expected to be asked for at least one sample, got ${samples}`);
      return { askedMs: link.roundTripMs, medianMs, p99Ms, samples: histogram.count };
    } finally {
      await relays.kill();
    }
  } finally {
    for (const socket of sockets) socket.destroy();
    echo.close();
  }
}

/** Sends `count` messages, each when the one before has come back; records all but the first `skip`. */
function roundTrips(socket: Socket, count: number, skip: number, histogram: LatencyHistogram): Promise<void> {
  const message = Buffer.alloc(messageBytes);
  return new Promise((resolve, reject) => {
    let done = 0;
    let missing = messageBytes;
    let sentMs = nowMs();
    socket.on("error", reject);
    socket.on("close", () =>
      reject(new Error("expected an echo through the relay, got the connection's end")),
    );
    socket.on("data", (chunk) => {
      missing -= chunk.length;
      if (missing > 0) return;
      const timeMs = nowMs();
      done++;
      if (done > skip) histogram.record(timeMs - sentMs);
      if (done === count) return resolve();
      missing = messageBytes;
      sentMs = timeMs;
      socket.write(message);
    });
    socket.write(message);
  });
}

function urlOf(server: Server): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
