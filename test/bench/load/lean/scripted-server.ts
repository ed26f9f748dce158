import { once } from "node:events";
import { type AddressInfo, createServer, type Socket } from "node:net";
import { countSocketBytes } from "../../../../bench/load/socket-bytes.ts";
import { eventually } from "../../../../conformance/wait.ts";

/** Of all sockets of the test's process, which has one client at a time. */
const clientBytes = countSocketBytes();

/** A server of one connection, which says what the test wants, in the pieces that the test wants. */
export class ScriptedServer {
  readonly port: number;
  readonly #close: () => void;
  readonly #connection: Promise<Socket>;
  #received = Buffer.alloc(0);
  /** What the client has read when it has read all that was sent. */
  #sent = clientBytes().bytesIn;

  private constructor(port: number, connection: Promise<Socket>, close: () => void) {
    this.port = port;
    this.#close = close;
    this.#connection = connection.then((socket) =>
      socket.on("data", (chunk) => {
        this.#received = Buffer.concat([this.#received, chunk]);
      }),
    );
  }

  static async start(): Promise<ScriptedServer> {
    const server = createServer({ noDelay: true });
    const connection = once(server, "connection").then(([socket]: Socket[]) => {
      if (!socket) throw new Error("expected a connection with its event");
      return socket.on("error", () => socket.destroy());
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const close = () => {
      server.close();
      void connection.then((socket) => socket.destroy());
    };
    return new ScriptedServer((server.address() as AddressInfo).port, connection, close);
  }

  /** Sends each piece when the client has read the one before. */
  async send(...pieces: (string | Buffer)[]): Promise<void> {
    const socket = await this.#connection;
    for (const piece of pieces) {
      socket.write(piece);
      this.#sent += Buffer.byteLength(piece);
      const bytesIn = async () => clientBytes().bytesIn;
      await eventually(
        10_000,
        `the client to have read ${this.#sent} bytes`,
        bytesIn,
        (read) => read >= this.#sent,
      );
    }
  }

  /** Waits for what the client says, until that is as wanted. */
  received(what: string, wanted: (bytes: Buffer) => boolean): Promise<Buffer> {
    return eventually(10_000, what, async () => this.#received, wanted);
  }

  async hangUp(): Promise<void> {
    (await this.#connection).end();
  }

  close(): void {
    this.#close();
  }
}
