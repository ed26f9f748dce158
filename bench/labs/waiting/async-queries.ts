import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { doneLine, queryLine } from "./line-server.ts";

/** Connections to the database that nobody blocks on; each has a query at a time. */
export class AsyncQueries {
  readonly #idle: Connection[];

  private constructor(connections: readonly Connection[]) {
    this.#idle = [...connections];
  }

  static async open(port: number, count: number): Promise<AsyncQueries> {
    const opening = Array.from({ length: count }, async () => {
      const socket = connect({ host: "127.0.0.1", port, noDelay: true });
      await once(socket, "connect");
      return new Connection(socket);
    });
    return new AsyncQueries(await Promise.all(opening));
  }

  /** Resolves when the query is answered; meanwhile the thread does other things. */
  async query(): Promise<void> {
    const connection = this.#idle.pop();
    if (connection === undefined)
      throw new Error("expected a connection for each query under way, got one query more");
    await connection.query();
    this.#idle.push(connection);
  }
}

class Connection {
  readonly #socket: Socket;
  #received = "";
  #settle: { resolve(): void; reject(error: Error): void } | undefined;

  constructor(socket: Socket) {
    this.#socket = socket;
    socket.setEncoding("latin1");
    socket.on("data", (chunk: string) => this.#take(chunk));
    socket.on("error", (error) => this.#settle?.reject(error));
    socket.on("close", () => this.#settle?.reject(new Error("the database ended the connection")));
  }

  query(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#settle = { resolve, reject };
      this.#socket.write(queryLine);
    });
  }

  #take(chunk: string): void {
    this.#received += chunk;
    if (!this.#received.endsWith("\n")) return;
    const line = this.#received;
    this.#received = "";
    if (line === doneLine) this.#settle?.resolve();
    else this.#settle?.reject(new Error(`the database failed: ${line.trim()}`));
  }
}
