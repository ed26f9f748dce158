import type { Duplex } from "node:stream";

/** Carries what comes on either to the other: bytes, the end of a direction, and the loss of a connection. */
export function joinSockets(one: Duplex, other: Duplex): void {
  carry(one, other);
  carry(other, one);
}

function carry(from: Duplex, to: Duplex): void {
  from.pipe(to);
  from.on("error", () => to.destroy());
  // After its end the other side still takes what is on the way to it.
  from.on("close", () => {
    if (!from.readableEnded) to.destroy();
  });
}
