import type { Socket } from "node:net";
import { goodbyeMs } from "../service/feeds.ts";
import { errorAnswer } from "../service/http-answer.ts";
import { encodeAnswer, nothingAsked } from "./http-writer.ts";
import { duplicate } from "./libc.ts";

/**
 * Takes a connection that has just been accepted away from Node's event loop: gives a descriptor of it that
 * nobody else has. Destroying the socket closes its own descriptor and leaves the connection alone, since a
 * connection ends with the last descriptor of it.
 */
export function takeDescriptor(socket: Socket): number {
  try {
    return duplicate(descriptorOf(socket));
  } finally {
    socket.destroy();
  }
}

/** Node has no public way to a socket's descriptor; on POSIX systems its handle has had `fd` since 0.x. */
function descriptorOf(socket: Socket): number {
  const handle: unknown = Reflect.get(socket, "_handle");
  const fd: unknown = typeof handle === "object" && handle !== null ? Reflect.get(handle, "fd") : undefined;
  if (typeof fd === "number" && fd >= 0) return fd;
  throw new Error(
    `expected an open socket with the descriptor that its handle has in Node 20, got ${String(fd)}`,
  );
}

const secondsUntilRetry = 1;

/** Says that every thread and every place in the queue is taken, on the main thread's event loop. */
export function refuse(socket: Socket, places: number): void {
  const answer = errorAnswer(503, `expected at most ${places} connections at once, got one more`, {
    "Retry-After": String(secondsUntilRetry),
    Connection: "close",
  });
  // A client that vanishes before it has read this is a client less; its socket closes by itself.
  socket.on("error", () => {});
  socket.setTimeout(goodbyeMs, () => socket.destroy());
  socket.end(encodeAnswer(answer, nothingAsked));
  // Its request is read and dropped: a connection closed with bytes unread is reset, and the answer lost.
  socket.resume();
}
