import { type Server, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";

/**
 * The connections of `server` that left HTTP by an upgrade. Node's server forgets them: it neither hears their
 * errors, which would end the process, nor closes them.
 */
export function watchUpgraded(server: Server): Iterable<Duplex> {
  const upgraded = new Set<Duplex>();
  server.on("upgrade", (_request, socket) => {
    upgraded.add(socket);
    // Whoever reads the connection learns of its end from "close", which follows.
    socket.on("error", () => socket.destroy());
    socket.on("close", () => upgraded.delete(socket));
  });
  return upgraded;
}

/** Answers an upgrade that is not wanted, and hangs up: the other side may not. */
export function refuseUpgrade(socket: Duplex, status: number, message = STATUS_CODES[status] ?? ""): void {
  const body = JSON.stringify({ error: message });
  socket.once("finish", () => socket.destroy());
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Type: application/json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
