import { once } from "node:events";
import { connect, type Socket } from "node:net";

/** A TCP connection as bytes, for what no HTTP client would send or show. */
export class RawConnection {
  readonly socket: Socket;
  /** All that has come so far, one character a byte. */
  received = "";

  constructor(socket: Socket) {
    this.socket = socket;
    socket.setEncoding("latin1");
    socket.on("data", (text: string) => {
      this.received += text;
    });
    // A reset is an end like any other here.
    socket.on("error", () => {});
  }

  static async open(url: string): Promise<RawConnection> {
    const { hostname, port } = new URL(url);
    const socket = connect(Number(port), hostname);
    await once(socket, "connect");
    return new RawConnection(socket);
  }

  write(text: string): void {
    this.socket.write(text, "latin1");
  }

  /** Sends a request with the fields that every one here needs. */
  request(line: string, fields: readonly string[] = [], body = ""): void {
    const length = body === "" ? [] : [`Content-Length: ${body.length}`];
    this.write([`${line} HTTP/1.1`, "Host: test", ...fields, ...length, "", body].join("\r\n"));
  }

  /** Waits until `text` has come. Rejects when the connection ends first. */
  async until(text: string): Promise<string> {
    while (!this.received.includes(text)) {
      if (this.socket.closed || this.socket.readableEnded) {
        throw new Error(
          `expected ${JSON.stringify(text)}, got the end after ${JSON.stringify(this.received)}`,
        );
      }
      await this.#change();
    }
    return this.received;
  }

  /** Resolves when more has come, or nothing more will. */
  #change(): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.socket.off("data", done);
        this.socket.off("close", done);
        resolve();
      };
      this.socket.on("data", done);
      this.socket.on("close", done);
    });
  }

  /** Waits for the end of the connection, and gives all that came. */
  async end(): Promise<string> {
    if (!this.socket.closed) await once(this.socket, "close");
    return this.received;
  }
}

/** Opens a connection, sends the request, and waits for an answer of which `last` is the last part. */
export async function ask(
  url: string,
  last: string,
  line: string,
  fields: readonly string[] = [],
  body = "",
): Promise<string> {
  const connection = await RawConnection.open(url);
  connection.request(line, fields, body);
  const answer = await connection.until(last);
  connection.socket.destroy();
  return answer;
}
