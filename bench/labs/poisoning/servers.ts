/** The servers beyond the proxy: the attacker's, and that of all targets. */
import type { Duplex } from "node:stream";
import { type HttpHead, headBytes, parseHead } from "./http-head.ts";
import { Incoming } from "./incoming.ts";
import { connectAnswer, hixieAnswer, upgradeAnswer } from "./protocols.ts";
import { scriptResponse } from "./scripts.ts";

/**
 * What the attacker's page tells the attacker's server in its handshake: the host it is about to ask for, and how many
 * bytes will ask for it. So that server need not undo any framing, and answers in the same way in every arm.
 */
export function wishOf(host: string, bytes: number): string {
  return `/?target=${host}&bytes=${bytes}`;
}

function readWish(wish: string): { readonly host: string; readonly bytes: number } {
  const asked = new URLSearchParams(wish.slice(wish.indexOf("?")));
  return { host: asked.get("target") ?? "", bytes: Number(asked.get("bytes")) };
}

/** Serves one connection to the attacker's server: completes the handshake, then answers the forged request. */
export async function serveAttacker(stream: Duplex): Promise<void> {
  const incoming = new Incoming(stream);
  const head = parseHead(await incoming.take("a request", headBytes));
  const wish = wishIn(head);
  if (wish === undefined) return incoming.write(scriptResponse(head.header("host"), "attacker"));
  incoming.write(await answerTo(head, wish, incoming));
  const { host, bytes } = readWish(wish);
  await incoming.take("what the page sends", () => bytes);
  incoming.write(scriptResponse(host, "attacker"));
}

/** Undefined when the request is no handshake. */
function wishIn({ startLine, header }: HttpHead): string | undefined {
  if (startLine.startsWith("CONNECT ")) return header("sec-websocket-metadata");
  return header("upgrade") === "" ? undefined : startLine.split(" ")[1];
}

async function answerTo(head: HttpHead, wish: string, incoming: Incoming): Promise<Buffer> {
  const key = head.header("sec-websocket-key");
  if (head.startLine.startsWith("CONNECT ")) return connectAnswer(key);
  if (key !== "") return upgradeAnswer(key);
  const [host, key1, key2] = ["host", "sec-websocket-key1", "sec-websocket-key2"].map(head.header);
  const key3 = await incoming.take("the last key of hixie-76", () => 8);
  return hixieAnswer({ host: host ?? "", wish, key1: key1 ?? "", key2: key2 ?? "", key3 });
}

/** Serves one connection to the server of all targets, until it ends. */
export async function serveTarget(stream: Duplex): Promise<void> {
  const incoming = new Incoming(stream);
  for (;;) {
    const head = parseHead(await incoming.take("a request", headBytes));
    incoming.write(scriptResponse(head.header("host"), "target"));
  }
}
