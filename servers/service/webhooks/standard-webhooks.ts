import { sign, verify } from "node:crypto";
import { isInReplayWindow, replayWindowSeconds } from "./replay-window.ts";
import { hmac, isSameText } from "./signature.ts";
import { type StandardWebhookKey, standardWebhookKeys } from "./standard-webhook-keys.ts";

/** The headers of a signed delivery, as received. */
export interface SignatureHeaders {
  readonly id: string | undefined;
  readonly timestamp: string | undefined;
  readonly signature: string | undefined;
}

/** Most signatures of one delivery that are looked at: more keys than that nobody replaces at once. */
const maxSignatures = 8;

/**
 * The value of `webhook-signature`: one signature by each key that `secret` holds. Throws if one of them is a public
 * key. `timestampSeconds` is that of the attempt, `id` that of the message, the same in all attempts.
 */
export function signStandardWebhook(
  secret: string,
  id: string,
  timestampSeconds: number,
  body: string | Uint8Array,
): string {
  const content = [`${id}.${timestampSeconds}.`, body];
  return standardWebhookKeys(secret)
    .map((key) => signatureBy(key, content))
    .join(" ");
}

/**
 * Checks a delivery signed by the Standard Webhooks specification 1.0.0, symmetric (`v1`) or asymmetric (`v1a`).
 *
 * Gives undefined when it is genuine, else what was expected and what came. `body` is the raw body. Throws if
 * `secret` is none. Source: the specification, section "Verifying webhook authenticity".
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
  if (!isInReplayWindow(Number(timestamp), nowMs)) {
    return `expected webhook-timestamp within ${replayWindowSeconds} s of now, got ${timestamp}`;
  }
  const content = [`${id}.${timestamp}.`, body];
  const given = signature.split(" ", maxSignatures);
  // While a key is replaced, there are several keys, and several signatures: any genuine one will do.
  const genuine = standardWebhookKeys(secret).some((key) => isSignedBy(key, content, given));
  return genuine ? undefined : "expected a signature of this body by the shared secret, got none that fits";
}

type Content = readonly (string | Uint8Array)[];

function signatureBy(key: StandardWebhookKey, content: Content): string {
  if (key.version === "v1") return `v1,${hmac("sha256", key.secret, "base64", ...content)}`;
  if (key.key.type !== "private") throw new Error("expected a key that signs, whsk_ or whsec_, got whpk_");
  return `v1a,${sign(null, joined(content), key.key).toString("base64")}`;
}

function isSignedBy(key: StandardWebhookKey, content: Content, given: readonly string[]): boolean {
  if (key.version === "v1") {
    const expected = signatureBy(key, content);
    return given.some((candidate) => isSameText(candidate, expected));
  }
  return given.some((candidate) => {
    const base64 = /^v1a,(.+)$/.exec(candidate)?.[1] ?? "";
    const bytes = Buffer.from(base64, "base64");
    // Several texts stand for the same bytes: only the one that signers write is taken.
    return bytes.toString("base64") === base64 && verify(null, joined(content), key.key, bytes);
  });
}

function joined(content: Content): Buffer {
  return Buffer.concat(content.map((part) => Buffer.from(part)));
}
