import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { nowMs } from "../../load/clock.ts";

/** Whoever closes a connection behind a whole answer believes that it was heard. */
const httpAnswer = Buffer.from("HTTP/");

/**
 * First byte of a close frame: whoever sends one has given up, though the connection may stay until it is answered.
 * Source: RFC 6455, sections 5.2 and 5.5.1.
 */
const closeFrame = 0x88;

/**
 * A way to a server that can be made to swallow all that is sent on it, while both its ends stay connected: as a proxy
 * does that hangs, or a network that forgot the connection between two live hosts. Nobody is told; TCP's own
 * keep-alive is answered by the near end, and finds nothing.
 */
export class BlackHole {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #swallowing = false;
  #serverLeft = (_atMs: number) => {};
  /** Resolves with the time at which the server first gave up a connection on which it heard nothing more. */
  readonly serverLeftAtMs = new Promise<number>((resolve) => {
    this.#serverLeft = resolve;
  });

  private constructor(host: string, port: number) {
    this.#server = createServer({ noDelay: true }, (near) => this.#carry(near, host, port));
  }

  /** Lies before what `url` leads to; gives itself, and the same URL leading through it. */
  static async before(url: string): Promise<{ readonly hole: BlackHole; readonly url: string }> {
    const { protocol, hostname, port } = new URL(url);
    const hole = new BlackHole(hostname, Number(port));
    hole.#server.listen({ host: "127.0.0.1", port: 0 });
    await once(hole.#server, "listening");
    const own = (hole.#server.address() as AddressInfo).port;
    return { hole, url: `${protocol}//127.0.0.1:${own}` };
  }

  /** From here on nothing comes through, and connections that are made lead nowhere. */
  swallow(): void {
    this.#swallowing = true;
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #carry(near: Socket, host: string, port: number): void {
    this.#hold(near);
    if (this.#swallowing) {
      near.resume();
      return;
    }
    const far = connect({ host, port, noDelay: true });
    this.#hold(far);
    this.#pass(near, far);
    this.#pass(far, near);
    let answered = false;
    far.on("data", (chunk) => {
      if (!this.#swallowing) return;
      if (chunk.subarray(0, httpAnswer.length).equals(httpAnswer)) answered = true;
      if (chunk[0] === closeFrame) this.#serverLeft(nowMs());
    });
    far.on("close", () => {
      if (this.#swallowing && !answered) this.#serverLeft(nowMs());
    });
  }

  #pass(from: Socket, to: Socket): void {
    from.on("data", (chunk) => {
      if (!this.#swallowing) to.write(chunk);
    });
    from.on("close", () => {
      if (!this.#swallowing) to.destroy();
    });
  }

  #hold(socket: Socket): void {
    this.#sockets.add(socket);
    // An error is an end here, and that follows.
    socket.on("error", () => {});
    socket.on("close", () => this.#sockets.delete(socket));
  }
}
