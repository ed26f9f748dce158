import { createHmac, randomUUID } from "node:crypto";

/** What the load shares with a server that takes signed webhooks alone: `whsec_` and 32 bytes, as base64. */
export const benchSecret = `whsec_${Buffer.from("known to the load and its server").toString("base64")}`;

/** The headers of Standard Webhooks 1.0.0 on a webhook that nobody has signed before. */
export interface SignatureHeaders {
  readonly "webhook-id": string;
  readonly "webhook-timestamp": string;
  readonly "webhook-signature": string;
}

/**
 * Signs a webhook as a sender in production does: HMAC-SHA256 over id, time of the attempt and raw body.
 * Source: Standard Webhooks 1.0.0, sections "Signature scheme" and "Webhook headers".
 */
export function signatureHeaders(
  secret: string,
  body: string,
  nowMs = Date.now(),
  id = `msg_${randomUUID()}`,
): SignatureHeaders {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const timestamp = String(Math.floor(nowMs / 1_000));
  const digest = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${digest}` };
}
