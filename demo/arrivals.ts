import type { ServerName } from "../servers/index.ts";
import type { CallEvent } from "./call-event.ts";

type Kind = CallEvent["type"];

export const pushedKinds: readonly Kind[] = ["call.ringing", "call.recorded"];

/** When the pushes of one call came to the subscriber of each server, in milliseconds since 1970. */
export class Arrivals {
  /** Resolves when all have come. */
  readonly complete: Promise<void>;
  readonly #servers: readonly ServerName[];
  readonly #sent = new Map<Kind, number>();
  readonly #came = new Map<string, number>();
  #resolve: () => void = () => {};

  constructor(servers: readonly ServerName[]) {
    this.#servers = servers;
    this.complete = new Promise((resolve) => {
      this.#resolve = resolve;
    });
  }

  /** The webhook that leads to pushes of this kind was sent, to all servers at once. */
  sent(kind: Kind, epochMs: number): void {
    this.#sent.set(kind, epochMs);
  }

  came(server: ServerName, kind: Kind, epochMs: number): void {
    this.#came.set(`${server} ${kind}`, epochMs);
    if (this.missing().length === 0) this.#resolve();
  }

  /** Servers of which something has not come. */
  missing(): ServerName[] {
    return this.#servers.filter((server) => pushedKinds.some((kind) => !this.#came.has(`${server} ${kind}`)));
  }

  /** For each server, how long after its webhook each kind came; undefined where it did not. */
  delays(): { readonly server: ServerName; readonly ms: readonly (number | undefined)[] }[] {
    return this.#servers.map((server) => ({
      server,
      ms: pushedKinds.map((kind) => {
        const [sent, came] = [this.#sent.get(kind), this.#came.get(`${server} ${kind}`)];
        return sent === undefined || came === undefined ? undefined : came - sent;
      }),
    }));
  }
}
