import { type Delivery, delivery, type Signed, signatureOf, without } from "./delivery.ts";

/** Something that happens to whoever takes webhooks, and what a sound receiver makes of it. */
export interface Case {
  readonly name: string;
  /** One after the other. */
  readonly deliveries: readonly Delivery[];
  /** Connections that have sent half a delivery and no more, all the while. */
  readonly stalled?: number;
  /** Orders that are to come out of it. None: the deliveries are to be refused as well. */
  readonly orders: 0 | 1;
}

/** Where a sound receiver draws the line: that of the specification's libraries, either way. */
const toleranceSeconds = 5 * 60;

/** More than any webhook needs: the specification has senders stay below 20 kB. */
const hugeBytes = 1024 * 1024;

/** The battery, for a receiver with this secret. Each has an id and a body of its own. */
export function casesFor(secret: string, nowSeconds: number): readonly Case[] {
  let made = 0;
  /** A delivery to be signed, all in order but for what is given. */
  const signed = (given: Partial<Signed> = {}): Signed => {
    made++;
    const body = Buffer.from(JSON.stringify({ type: "order.paid", data: { order: made } }));
    return { secret, id: `msg_${made}`, timestamp: nowSeconds, body, ...given };
  };
  const otherSecret = `whsec_${Buffer.alloc(24, "not that").toString("base64")}`;
  const spaced = Buffer.from('{ "type": "order.paid",\n  "data": { "order": 1e3, "total": 12.50 } }\n');
  const tampered = delivery(signed());
  const repeated = delivery(signed());
  const rotated = signed();
  return [
    { name: "genuine", deliveries: [delivery(signed())], orders: 1 },
    {
      name: "unsigned",
      deliveries: [without(delivery(signed()), "webhook-id", "webhook-timestamp", "webhook-signature")],
      orders: 0,
    },
    {
      name: "signed with another secret",
      deliveries: [delivery(signed({ secret: otherSecret }))],
      orders: 0,
    },
    {
      name: "body changed on the way",
      deliveries: [{ ...tampered, body: Buffer.from(tampered.body.toString().replace("paid", "void")) }],
      orders: 0,
    },
    {
      name: "replayed after 5 min 1 s",
      deliveries: [delivery(signed({ timestamp: nowSeconds - toleranceSeconds - 1 }))],
      orders: 0,
    },
    {
      // A minute more than the limit: the receiver's clock goes on while the battery runs.
      name: "6 min ahead of time",
      deliveries: [delivery(signed({ timestamp: nowSeconds + toleranceSeconds + 60 }))],
      orders: 0,
    },
    { name: "sent twice", deliveries: [repeated, repeated], orders: 1 },
    {
      name: "JSON spaced in the sender's own way",
      deliveries: [delivery(signed({ body: spaced }))],
      orders: 1,
    },
    {
      name: "two signatures, one of an unknown version",
      deliveries: [delivery(rotated, `v2,${"A".repeat(43)}= ${signatureOf(rotated)}`)],
      orders: 1,
    },
    {
      name: "signature without its timestamp",
      deliveries: [without(delivery(signed()), "webhook-timestamp")],
      orders: 0,
    },
    {
      name: "not JSON",
      deliveries: [delivery(signed({ body: Buffer.from('{"type": "order.pa') }))],
      orders: 0,
    },
    {
      // Any page can send this from the browser of somebody who reaches the receiver: it takes no preflight.
      name: "form of a web page, as text/plain",
      deliveries: [
        { ...without(delivery(signed()), "webhook-signature"), headers: { "content-type": "text/plain" } },
      ],
      orders: 0,
    },
    {
      name: "1 MiB",
      deliveries: [delivery(signed({ body: Buffer.from(JSON.stringify("x".repeat(hugeBytes))) }))],
      orders: 0,
    },
    { name: "100 others that stall half-way", stalled: 100, deliveries: [delivery(signed())], orders: 1 },
    { name: "GET", deliveries: [{ ...delivery(signed()), method: "GET" }], orders: 0 },
  ];
}

/** What came of a case. */
export interface Seen {
  /** Of each delivery; undefined where there was no answer. */
  readonly statuses: readonly (number | undefined)[];
  readonly orders: number;
}

/**
 * Whether a receiver did what a sound one does. What came out decides; the status has to agree, because the sender
 * goes by it: 2xx for what was taken, anything else for what was not.
 */
export function isRight({ orders }: Case, seen: Seen): boolean {
  return seen.orders === orders && seen.statuses.every((status) => isTaken(status) === orders > 0);
}

/** Whether the sender has to take it that its delivery was taken. */
export function isTaken(status: number | undefined): boolean {
  return status !== undefined && status >= 200 && status < 300;
}
