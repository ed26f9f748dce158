import { subscribe } from "node:diagnostics_channel";
import type { Socket } from "node:net";

/** Application bytes: what was read from sockets and written to them, without what TCP adds. */
export interface SocketBytes {
  readonly bytesIn: number;
  readonly bytesOut: number;
}

/**
 * Counts the bytes of every client socket that the process makes from now on, those of `node:http` and of all
 * packages included. Gives a function that tells their totals so far, exact to the byte.
 */
export function countSocketBytes(): () => SocketBytes {
  const open = new Set<Socket>();
  let closedIn = 0;
  let closedOut = 0;
  // One listener for all sockets: they are very many, and a function for each would cost memory.
  function onConnect(this: Socket): void {
    open.add(this);
  }
  function onClose(this: Socket): void {
    // A socket that never connected counts as written what it was to write.
    if (!open.delete(this)) return;
    closedIn += this.bytesRead;
    closedOut += this.bytesWritten;
  }
  subscribe("net.client.socket", (message) => {
    const { socket } = message as { readonly socket: Socket };
    socket.on("connect", onConnect).on("close", onClose);
  });
  return () => {
    let bytesIn = closedIn;
    let bytesOut = closedOut;
    for (const socket of open) {
      bytesIn += socket.bytesRead;
      bytesOut += socket.bytesWritten;
    }
    return { bytesIn, bytesOut };
  };
}

/** What was counted from `before` to `after`. */
export function bytesSince(before: SocketBytes, after: SocketBytes): SocketBytes {
  return { bytesIn: after.bytesIn - before.bytesIn, bytesOut: after.bytesOut - before.bytesOut };
}
