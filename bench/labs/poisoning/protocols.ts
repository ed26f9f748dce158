/** What goes over the wire before and around the bytes that a page chose, in each arm. */
import { createHash, createHmac, randomBytes, randomInt } from "node:crypto";
import { Sender } from "ws";
import { opcodes } from "../../load/lean/websocket-frames.ts";
import { acceptOf, newKey, upgradeRequest } from "../../load/lean/websocket-handshake.ts";

/** How a page gets to send bytes of its own to its own server. */
export interface Protocol {
  readonly handshake: "hixie-76" | "rfc-6455" | "connect" | "none";
  /** Whether all of it runs in TLS. */
  readonly tls: boolean;
  /** Whether the browser masks, and with which key. */
  readonly mask: "none" | "predictable" | "fresh";
}

/** By arm. */
export const protocols = {
  "hixie-76": { handshake: "hixie-76", tls: false, mask: "none" },
  unmasked: { handshake: "rfc-6455", tls: false, mask: "none" },
  "predictable-mask": { handshake: "rfc-6455", tls: false, mask: "predictable" },
  "fresh-mask": { handshake: "rfc-6455", tls: false, mask: "fresh" },
  connect: { handshake: "connect", tls: false, mask: "none" },
  "raw-tcp": { handshake: "none", tls: false, mask: "none" },
  tls: { handshake: "rfc-6455", tls: true, mask: "none" },
} as const satisfies Record<string, Protocol>;

export type ProtocolName = keyof typeof protocols;

export function isProtocolName(name: string): name is ProtocolName {
  return Object.hasOwn(protocols, name);
}

/** The key that a page knows beforehand: that of the examples in RFC 6455, section 5.7. */
export const predictableKey = Buffer.from("37fa213d", "hex");

/** `bytes` with `key` applied over and over; twice is not at all (RFC 6455, section 5.3). */
export function masked(bytes: Buffer, key: Buffer): Buffer {
  return Buffer.from(bytes.map((byte, index) => byte ^ key.readUInt8(index % key.length)));
}

/** The bytes on the wire that carry what a page sends. */
export function wireBytes({ handshake, mask }: Protocol, sent: Buffer): Buffer {
  if (handshake === "none") return sent;
  // Draft hixie-76, section 4.2: text between 0x00 and 0xFF.
  if (handshake === "hixie-76") return Buffer.concat([Buffer.of(0x00), sent, Buffer.of(0xff)]);
  const frame = Sender.frame(sent, {
    ...{ fin: true, rsv1: false, readOnly: true, opcode: opcodes.binary, mask: mask !== "none" },
    ...(mask === "predictable" && { generateMask: (key: Buffer) => predictableKey.copy(key) }),
  });
  return Buffer.concat(frame);
}

/** How the client opens, and the server's whole answer to it; `wish` is what the page tells its server by it. */
export interface Opening {
  readonly request: Buffer;
  readonly answer: Buffer;
}

export function openingOf(handshake: Protocol["handshake"], host: string, wish: string): Opening | undefined {
  if (handshake === "none") return undefined;
  if (handshake === "hixie-76") return hixieOpening(host, wish);
  const key = newKey();
  if (handshake === "connect") {
    // Huang et al. 2011, section 5: a host that there is not, so that a proxy which routes by host fails.
    const request =
      `CONNECT websocket.invalid:443 HTTP/1.1\r\nHost: websocket.invalid:443\r\n` +
      `Sec-WebSocket-Key: ${key}\r\nSec-WebSocket-Metadata: ${wish}\r\n\r\n`;
    return { request: Buffer.from(request), answer: connectAnswer(key) };
  }
  return { request: Buffer.from(upgradeRequest(host, wish, key)), answer: upgradeAnswer(key) };
}

export function upgradeAnswer(key: string): Buffer {
  return Buffer.from(
    "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" +
      `Sec-WebSocket-Accept: ${acceptOf(key)}\r\n\r\n`,
  );
}

export function connectAnswer(key: string): Buffer {
  const accept = createHmac("sha1", key).update("258EAFA5-E914-47DA-95CA-C5AB0DC85B11").digest("base64");
  return Buffer.from(`HTTP/1.1 200 OK\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`);
}

/** Draft hixie-76, section 1.3: two keys with their numbers hidden in them, and eight bytes after the head. */
function hixieOpening(host: string, wish: string): Opening {
  const [key1, key2, key3] = [hixieKey(), hixieKey(), randomBytes(8)];
  const head =
    `GET ${wish} HTTP/1.1\r\nHost: ${host}\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\n` +
    `Origin: http://${host}\r\nSec-WebSocket-Key1: ${key1}\r\nSec-WebSocket-Key2: ${key2}\r\n\r\n`;
  return {
    request: Buffer.concat([Buffer.from(head), key3]),
    answer: hixieAnswer({ host, wish, key1, key2, key3 }),
  };
}

export interface HixieKeys {
  readonly host: string;
  readonly wish: string;
  readonly key1: string;
  readonly key2: string;
  readonly key3: Buffer;
}

export function hixieAnswer({ host, wish, key1, key2, key3 }: HixieKeys): Buffer {
  const head =
    "HTTP/1.1 101 WebSocket Protocol Handshake\r\nUpgrade: WebSocket\r\nConnection: Upgrade\r\n" +
    `Sec-WebSocket-Origin: http://${host}\r\nSec-WebSocket-Location: ws://${host}${wish}\r\n\r\n`;
  return Buffer.concat([Buffer.from(head), hixieProof(key1, key2, key3)]);
}

/** The 16 bytes that show that the server has understood. */
export function hixieProof(key1: string, key2: string, key3: Buffer): Buffer {
  const numbers = Buffer.alloc(8);
  numbers.writeUInt32BE(hixieNumber(key1), 0);
  numbers.writeUInt32BE(hixieNumber(key2), 4);
  return createHash("md5").update(numbers).update(key3).digest();
}

/** The digits of a key as one number, divided by its spaces. */
function hixieNumber(key: string): number {
  return Number(key.replace(/\D/g, "")) / (key.split(" ").length - 1);
}

/** A number and its spaces, among letters that mean nothing. */
function hixieKey(): string {
  const spaces = randomInt(1, 13);
  const digits = String(randomInt(Math.floor(0xffff_ffff / spaces)) * spaces);
  return `q${" ".repeat(spaces)}W${digits}x`;
}
