import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { onTestFinished } from "vitest";
import type { Link } from "../../../bench/network/networks.ts";
import { type Relays, startRelays } from "../../../bench/network/relay.ts";

/** A link that adds nothing that a test could see. */
export const shortLink: Link = { roundTripMs: 0, bitsPerSecond: 1e12 };

/** Opens a server, as half-open as those measured; gives its port. It is gone when the test is over. */
export async function openServer(onConnection: (socket: Socket) => void): Promise<number> {
  const server = createServer({ allowHalfOpen: true, noDelay: true }, onConnection);
  server.listen({ host: "127.0.0.1", port: 0, backlog: 4096 });
  await once(server, "listening");
  onTestFinished(() => {
    server.close();
  });
  return portOf(server);
}

/** A port where nobody listens. */
export async function closedPort(): Promise<number> {
  const server = createServer().listen({ host: "127.0.0.1", port: 0 });
  await once(server, "listening");
  const port = portOf(server);
  server.close();
  await once(server, "close");
  return port;
}

/** One relay before a port; gives the port to use in its place. */
export async function relayTo(port: number, link: Link): Promise<{ port: number; relays: Relays }> {
  const network = { summary: "of this test", link };
  const relays = await startRelays({ network, endpoints: { http: `http://127.0.0.1:${port}` }, count: 1 });
  onTestFinished(() => relays.kill());
  return { port: Number(new URL(relays.endpoints[0]?.http ?? "").port), relays };
}

/** A client's connection; cut when the test is over. */
export function connectTo(port: number): Socket {
  const socket = connect({ host: "127.0.0.1", port, noDelay: true, allowHalfOpen: true });
  onTestFinished(() => {
    socket.destroy();
  });
  return socket;
}

/** Everything that comes until the other side's end. */
export async function readAll(socket: Socket): Promise<Buffer> {
  const chunks: Buffer[] = [];
  socket.on("data", (chunk) => chunks.push(chunk));
  socket.resume();
  await once(socket, "end");
  return Buffer.concat(chunks);
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
