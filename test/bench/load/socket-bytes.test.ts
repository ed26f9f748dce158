import { once } from "node:events";
import { createServer as createHttpServer, get } from "node:http";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, expect, it } from "vitest";
import { bytesSince, countSocketBytes } from "../../../bench/load/socket-bytes.ts";

const socketBytes = countSocketBytes();

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

/** Reads `length` bytes of a socket. */
async function take(socket: Socket, length: number): Promise<void> {
  for (let left = length; left > 0; ) {
    const [chunk]: Buffer[] = await once(socket, "data");
    left -= chunk?.length ?? 0;
  }
}

it("counts a known number of bytes, while sockets are open and when they are closed", async () => {
  const port = await listen(
    createServer((socket) => {
      socket.on("data", () => {});
      socket.write(Buffer.alloc(100_000));
    }),
  );
  const before = socketBytes();
  const sockets = [connect(port, "127.0.0.1"), connect(port, "127.0.0.1")];
  for (const socket of sockets) {
    // Before it is connected, too.
    socket.write("x".repeat(1_000));
    await take(socket, 100_000);
    await new Promise((resolve) => socket.write("é".repeat(500), resolve));
  }
  expect(bytesSince(before, socketBytes())).toEqual({ bytesIn: 200_000, bytesOut: 4_000 });
  sockets[0]?.destroy();
  expect(bytesSince(before, socketBytes())).toEqual({ bytesIn: 200_000, bytesOut: 4_000 });
  sockets[1]?.destroy();
  await Promise.all(sockets.map((socket) => once(socket, "close")));
  expect(bytesSince(before, socketBytes())).toEqual({ bytesIn: 200_000, bytesOut: 4_000 });
});

it("counts nothing of a connection that was refused", async () => {
  const port = await listen(createServer());
  await new Promise((resolve) => servers.pop()?.close(resolve));
  const before = socketBytes();
  const socket = connect(port, "127.0.0.1");
  socket.write("never sent");
  const [error]: { code?: string }[] = await once(socket, "error");
  expect(error?.code).toBe("ECONNREFUSED");
  if (!socket.closed) await once(socket, "close");
  expect(bytesSince(before, socketBytes())).toEqual({ bytesIn: 0, bytesOut: 0 });
});

it("counts the sockets of node:http", async () => {
  const server = createHttpServer((_request, response) => response.end("hello"));
  const accepted = once(server, "connection");
  const port = await listen(server);
  const before = socketBytes();
  const [response] = await once(get({ host: "127.0.0.1", port, agent: false }), "response");
  expect(await text(response)).toBe("hello");
  const [socket]: Socket[] = await accepted;
  if (socket && !socket.closed) await once(socket, "close");
  const { bytesIn, bytesOut } = bytesSince(before, socketBytes());
  expect(bytesOut).toBeGreaterThan("GET / HTTP/1.1".length);
  expect({ bytesIn, bytesOut }).toEqual({ bytesIn: socket?.bytesWritten, bytesOut: socket?.bytesRead });
});
