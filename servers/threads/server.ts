import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import type { RunningServer, Server, ServerOptions } from "../contract.ts";
import { addressOf } from "../http/address.ts";
import { listenBacklog, portOf } from "../http/http-server.ts";
import { type About, aboutOf } from "../service/answer.ts";
import { refuse, takeDescriptor } from "./accept.ts";
import { ThreadPool } from "./thread-pool.ts";
import type { ThreadTransport } from "./worker.ts";

/** A server that gives each connection a thread of its own, which blocks whenever it has to wait. */
export function threadServer(transport: ThreadTransport, about: Pick<Server, "summary" | "exempt">): Server {
  return {
    name: `threads-${transport}`,
    ioModel: "thread per connection",
    transport,
    ...about,
    ceiling: {
      subscribers: 200,
      eventsPerSecond: 500,
      reason: "each connection holds a thread with a V8 isolate of its own, and each event wakes all of them",
    },
    start(options) {
      return start(aboutOf(this), transport, options);
    },
  };
}

/** The main thread accepts connections, and does nothing else with them. */
async function start(
  about: About,
  transport: ThreadTransport,
  options: ServerOptions,
): Promise<RunningServer> {
  const pool = new ThreadPool(about, transport, options);
  const refused = new Set<Socket>();
  const listener = createServer({ pauseOnConnect: true, noDelay: true }, (socket) => {
    if (pool.isFull) {
      refused.add(socket);
      socket.on("close", () => refused.delete(socket));
      refuse(socket, pool.places);
      return;
    }
    try {
      pool.serve(takeDescriptor(socket));
    } catch (error) {
      // Out of descriptors, most likely: this connection is lost, the others are not.
      console.error(error);
    }
  });
  listener.listen({ host: options.host, port: options.port, backlog: listenBacklog });
  await once(listener, "listening").catch(async (error: unknown) => {
    await pool.close();
    throw error;
  });
  return {
    endpoints: { http: addressOf("http", options.host, portOf(listener)) },
    usage: async () => ({
      connections: pool.connections,
      cutOff: pool.switchboard.cutOff,
      queued: pool.queued,
    }),
    close: async () => {
      const closed = new Promise<void>((resolve) => listener.close(() => resolve()));
      await pool.close();
      for (const socket of refused) socket.destroy();
      await closed;
    },
  };
}
