/** A load process that sends webhooks on a schedule, whatever the answers do (open model). */
import { Agent, request } from "node:http";
import { type Arrivals, arrivalOffsetsMs } from "./arrivals.ts";
import { nowMs } from "./clock.ts";
import { benchTopic, encodePayload } from "./payload.ts";
import { serve } from "./rpc.ts";
import { signatureHeaders } from "./signature.ts";
import { shortlyBefore, until } from "./until.ts";
import { countUtilisation } from "./utilisation.ts";

/** Which webhooks are sent, and where. */
export interface WebhookOrder {
  readonly http: string;
  readonly payloadBytes: number;
  /** Standard Webhooks secret. Empty: webhooks are not signed. */
  readonly webhookSecret: string;
}

export interface PublishOrder extends WebhookOrder {
  readonly arrivals: Arrivals;
  readonly eventsPerSecond: number;
  readonly durationMs: number;
}

export interface Published {
  readonly accepted: number;
  readonly failed: number;
  /** Webhooks that the schedule asked for. */
  readonly planned: number;
  /** Not sent, because too many were under way. */
  readonly dropped: number;
  /** Sent more than `lateMs` after their intended time. */
  readonly late: number;
  /** How long after its intended time the latest was sent. */
  readonly latestMs: number;
  readonly utilisation: number;
}

/** A webhook sent later than this after its time counts as late. Its latency counts from its time all the same. */
const lateMs = 1;

/** Webhooks under way at once. A stall of a second fills it at 1,000 a second; further behind, a server is overloaded. */
const maxInFlight = 1_000;

/** Connections to the server at most: as many as are needed while it keeps up, and those wait on a stalled one. */
const connections = 64;

/** How long a webhook may wait for its answer. */
const answerTimeoutMs = 10_000;

const agent = new Agent({ keepAlive: true, maxSockets: connections });

/** A webhook that is ready to be sent. */
interface Webhook {
  /** Sends it; resolves with its status. */
  send(): Promise<number>;
}

/**
 * Makes a webhook ready, signature included, so that at its time only the sending is left: the rest takes as long as the
 * way to a server.
 */
function prepare({ http, payloadBytes, webhookSecret }: WebhookOrder, intendedMs: number): Webhook {
  const body = encodePayload(intendedMs, payloadBytes);
  const signature = webhookSecret === "" ? {} : signatureHeaders(webhookSecret, body);
  const outgoing = request(`${http}/hooks/${benchTopic}`, {
    method: "POST",
    agent,
    headers: { "Content-Type": "application/json", "Content-Length": body.length, ...signature },
    signal: AbortSignal.timeout(answerTimeoutMs),
  });
  const status = new Promise<number>((resolve, reject) => {
    outgoing.on("response", (response) => {
      response.resume();
      response.on("end", () => resolve(response.statusCode ?? 0));
      response.on("error", reject);
    });
    outgoing.on("error", reject);
  });
  // One that fails before it is sent has failed when it is.
  status.catch(() => {});
  return {
    send: () => {
      outgoing.end(body);
      return status;
    },
  };
}

async function publish(order: PublishOrder): Promise<Published> {
  const offsetsMs = arrivalOffsetsMs(order.arrivals, order.eventsPerSecond, order.durationMs);
  const startMs = nowMs();
  const utilisation = countUtilisation();
  const underWay = new Set<Promise<void>>();
  let accepted = 0;
  let failed = 0;
  let dropped = 0;
  let late = 0;
  let latestMs = 0;
  for (const offsetMs of offsetsMs) {
    const intendedMs = startMs + offsetMs;
    await shortlyBefore(intendedMs);
    if (underWay.size >= maxInFlight) {
      dropped++;
      continue;
    }
    const webhook = prepare(order, intendedMs);
    await until(intendedMs);
    const behindMs = nowMs() - intendedMs;
    if (behindMs > lateMs) late++;
    latestMs = Math.max(latestMs, behindMs);
    const sending: Promise<void> = webhook
      .send()
      .then((status) => {
        if (status === 202) accepted++;
        else failed++;
      })
      .catch(() => {
        failed++;
      })
      .finally(() => underWay.delete(sending));
    underWay.add(sending);
  }
  await Promise.all(underWay);
  const planned = offsetsMs.length;
  return { accepted, failed, planned, dropped, late, latestMs, utilisation: utilisation() };
}

/** Sends one webhook now; rejects unless it is accepted. */
async function publishOne(order: WebhookOrder): Promise<void> {
  const status = await prepare(order, nowMs()).send();
  if (status !== 202) throw new Error(`expected status 202 for a webhook, got ${status}`);
}

let sinceAsked = countUtilisation();

/** CPU over wall time since this was asked for last. */
function utilisation(): number {
  const share = sinceAsked();
  sinceAsked = countUtilisation();
  return share;
}

const methods = { publish, publishOne, utilisation };
export type PublisherMethods = typeof methods;
serve(methods);
