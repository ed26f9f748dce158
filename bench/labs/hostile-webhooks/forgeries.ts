import type { Random } from "../../stats/random.ts";
import { type Delivery, delivery, signatureOf } from "./delivery.ts";

/** What somebody may know who forges: a delivery that was sent, with its signature, and not the secret. */
export interface Overheard {
  readonly id: string;
  readonly timestamp: number;
  readonly signature: string;
}

/** Ways to a signature without the secret. */
const ways: readonly ((overheard: Overheard, body: Buffer, random: Random) => string)[] = [
  (_overheard, _body, random) => `v1,${randomBytesOf(random, 32).toString("base64")}`,
  ({ signature }) => signature,
  ({ signature }, _body, random) => signature.slice(0, 3 + Math.floor(random() * (signature.length - 4))),
  ({ id, timestamp }, body, random) =>
    signatureOf({ secret: randomBytesOf(random, 24).toString("base64"), id, timestamp, body }),
  ({ id, timestamp }, body) => signatureOf({ secret: "", id, timestamp, body }),
  ({ signature }) => signature.replace(/^v1,/, "v0,"),
];

/** Forged deliveries, in each of the ways in turn; the chances decide what is in them. */
export function forgeries(count: number, overheard: Overheard, random: Random): Delivery[] {
  return Array.from({ length: count }, (_, index) => {
    const body = Buffer.from(
      JSON.stringify({ type: "order.paid", data: { order: Math.floor(random() * 1e9) } }),
    );
    const way = ways[index % ways.length];
    const signature = way?.(overheard, body, random) ?? "";
    return delivery({ secret: "", ...overheard, body }, signature);
  });
}

function randomBytesOf(random: Random, count: number): Buffer {
  return Buffer.from(Array.from({ length: count }, () => Math.floor(random() * 256)));
}
