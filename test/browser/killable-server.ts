import type { ServerOptions } from "../../servers/contract.ts";
import type { ServerName } from "../../servers/index.ts";
import { type LaunchedServer, launchServer } from "../../servers/launch.ts";

/** A server in a process of its own, which can be killed and started again where it was, with what it has kept. */
export class KillableServer {
  readonly #name: ServerName;
  readonly #options: Partial<ServerOptions>;
  #launched: LaunchedServer;

  private constructor(name: ServerName, options: Partial<ServerOptions>, launched: LaunchedServer) {
    this.#name = name;
    this.#options = options;
    this.#launched = launched;
  }

  static async start(name: ServerName, options: Partial<ServerOptions>): Promise<KillableServer> {
    return new KillableServer(name, options, await launchServer(name, { server: options }));
  }

  get origin(): string {
    return this.#launched.endpoints.http;
  }

  kill(): Promise<void> {
    return this.#launched.kill();
  }

  /** With its options, and `more`. */
  async startAgain(more: Partial<ServerOptions> = {}): Promise<void> {
    const { http, tcp } = this.#launched.endpoints;
    const ports = { port: Number(new URL(http).port), ...(tcp && { tcpPort: Number(new URL(tcp).port) }) };
    this.#launched = await launchServer(this.#name, { server: { ...this.#options, ...more, ...ports } });
  }

  /** The id of the last event that it has. */
  async lastId(): Promise<number> {
    const answer = await fetch(`${this.origin}/server.json`);
    const about = (await answer.json()) as { readonly last: number };
    return about.last;
  }
}
