/** A load process that sends webhooks on a schedule, whatever the answers do (open model). */
import { type Arrivals, arrivalOffsetsMs } from "./arrivals.ts";
import { nowMs } from "./clock.ts";
import { WebhookPool } from "./lean/webhook-pool.ts";
import { webhookRequest } from "./lean/webhook-request.ts";
import { encodePayload } from "./payload.ts";
import { serve } from "./rpc.ts";
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

const pools = new Map<string, WebhookPool>();

/** The connections to the server at `http`, which are kept for as long as this process is. */
function poolOf(http: string): WebhookPool {
  const known = pools.get(http);
  if (known !== undefined) return known;
  const pool = new WebhookPool(http, { connections, answerTimeoutMs });
  pools.set(http, pool);
  return pool;
}

/**
 * Makes a webhook ready, signature and connection included, so that at its time only the sending is left: the rest takes
 * as long as the way to a server. What this gives sends it, and resolves with its status.
 */
function prepare(
  { http, payloadBytes, webhookSecret }: WebhookOrder,
  intendedMs: number,
): () => Promise<number> {
  const pool = poolOf(http);
  pool.prepare();
  const request = webhookRequest(http, encodePayload(intendedMs, payloadBytes), webhookSecret);
  return () => pool.send(request);
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
    const send = prepare(order, intendedMs);
    await until(intendedMs);
    const behindMs = nowMs() - intendedMs;
    if (behindMs > lateMs) late++;
    latestMs = Math.max(latestMs, behindMs);
    const sending = send().then(
      (status) => {
        if (status === 202) accepted++;
        else failed++;
        underWay.delete(sending);
      },
      () => {
        failed++;
        underWay.delete(sending);
      },
    );
    underWay.add(sending);
  }
  await Promise.all(underWay);
  poolOf(order.http).closeUnused();
  const planned = offsetsMs.length;
  return { accepted, failed, planned, dropped, late, latestMs, utilisation: utilisation() };
}

/** Sends one webhook now; rejects unless it is accepted. */
async function publishOne(order: WebhookOrder): Promise<void> {
  const status = await prepare(order, nowMs())();
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
