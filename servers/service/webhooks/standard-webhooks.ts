import { createHmac, timingSafeEqual } from "node:crypto";

/** How far a signature's time may be from ours, either way. */
const toleranceSeconds = 5 * 60;

/** The headers of a signed delivery, as received. */
export interface SignatureHeaders {
  readonly id: string | undefined;
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
}

/** The `webhook-signature` of a delivery. */
export function signStandardWebhook(
  secret: string,
  id: string,
  timestampSeconds: number,
  body: string | Uint8Array,
): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  return `v1,${createHmac("sha256", key).update(`${id}.${timestampSeconds}.`).update(body).digest("base64")}`;
}

/**
 * Checks a delivery signed by the Standard Webhooks specification 1.0.0 (symmetric signatures, `v1`).
 *
 * Gives undefined when it is genuine, else what was expected and what came. `body` is the raw body; `secret`
 * is `whsec_` and base64, the prefix being optional. Source: the specification, section "Verifying webhook
 * authenticity".
 */
export function refuseStandardWebhook(
  secret: string,
  headers: SignatureHeaders,
  body: Uint8Array,
  nowMs: number,
): string | undefined {
  const { id, timestamp, signature } = headers;
  if (!id || !timestamp || !signature) {
    return "expected the headers webhook-id, webhook-timestamp and webhook-signature, got a request without";
  }
  if (!/^\d{1,12}$/.test(timestamp)) {
    return `expected webhook-timestamp in whole seconds since 1970, got ${JSON.stringify(timestamp)}`;
  }
  if (Math.abs(nowMs / 1_000 - Number(timestamp)) > toleranceSeconds) {
    return `expected webhook-timestamp within ${toleranceSeconds} s of now, got ${timestamp}`;
  }
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const expected = createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest();
  // While a secret is rotated, the header holds several signatures; any genuine one will do.
  const genuine = signature.split(" ").some((candidate) => {
    const [version, digest] = candidate.split(",", 2);
    if (version !== "v1" || digest === undefined) return false;
    const given = Buffer.from(digest, "base64");
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
  return genuine
    ? undefined
    : "expected a v1 signature of this body by the shared secret, got none that fits";
}
