/** What the load puts in a webhook, and finds again in the event. */
export interface BenchPayload {
  /** When the webhook was to be sent, on the shared clock. Latency counts from here. */
  readonly intendedMs: number;
  /** Fills the body up to the payload size asked for. */
  readonly padding: string;
}

/** The topic of all webhooks of the load. */
export const benchTopic = "bench";

/** The body of a webhook of about `payloadBytes` bytes. */
export function encodePayload(intendedMs: number, payloadBytes: number): string {
  const bare = JSON.stringify({ intendedMs, padding: "" } satisfies BenchPayload);
  const padding = "x".repeat(Math.max(0, payloadBytes - bare.length));
  return JSON.stringify({ intendedMs, padding } satisfies BenchPayload);
}

/** The payload of an event, if the load sent it. */
export function payloadOf(data: unknown): BenchPayload | undefined {
  const ours =
    typeof data === "object" && data !== null && "intendedMs" in data && typeof data.intendedMs === "number";
  return ours ? (data as BenchPayload) : undefined;
}
