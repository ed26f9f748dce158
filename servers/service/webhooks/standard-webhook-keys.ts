/** The keys of Standard Webhooks 1.0.0. Source: the specification, section "Signature scheme". */
import { createPrivateKey, createPublicKey, type KeyObject } from "node:crypto";

export type StandardWebhookKey =
  /** Shared by both sides: `whsec_`. */
  | { readonly version: "v1"; readonly secret: Buffer }
  /** Ed25519: `whsk_`, which signs, or `whpk_`, which can only verify. */
  | { readonly version: "v1a"; readonly key: KeyObject };

/** Bytes of a shared secret. */
const secretBytes = { least: 24, most: 64 };

/**
 * The keys that `secret` holds: one, or several with spaces between them while a key is being replaced. Throws if
 * one of them is none; the message does not repeat it.
 */
export function standardWebhookKeys(secret: string): readonly StandardWebhookKey[] {
  if (secret !== latest.secret) latest = { secret, keys: secret.trim().split(/\s+/).map(parseKey) };
  return latest.keys;
}

/** A server has the same secret for all it takes. */
let latest: { readonly secret: string; readonly keys: readonly StandardWebhookKey[] } = {
  secret: "",
  keys: [],
};

function parseKey(text: string): StandardWebhookKey {
  const [, prefix = "whsec_", base64 = ""] = /^(wh(?:sec|sk|pk)_)?([A-Za-z0-9+/]+={0,2})$/.exec(text) ?? [];
  const bytes = Buffer.from(base64, "base64");
  if (prefix === "whsec_") {
    if (bytes.length < secretBytes.least || bytes.length > secretBytes.most) {
      const range = `${secretBytes.least} to ${secretBytes.most}`;
      throw new Error(
        `expected a webhook secret, whsec_ and ${range} bytes in base64, got ${bytes.length} bytes: make one with \`openssl rand -base64 32\``,
      );
    }
    return { version: "v1", secret: bytes };
  }
  // A private key may be followed by its public key, as in libsodium.
  const isPrivate = prefix === "whsk_";
  if (bytes.length !== 32 && !(isPrivate && bytes.length === 64)) {
    throw new Error(`expected ${prefix} and an Ed25519 key of 32 bytes in base64, got ${bytes.length} bytes`);
  }
  const raw = bytes.subarray(0, 32);
  const key = isPrivate
    ? createPrivateKey({ key: Buffer.concat([pkcs8, raw]), format: "der", type: "pkcs8" })
    : createPublicKey({ key: Buffer.concat([spki, raw]), format: "der", type: "spki" });
  return { version: "v1a", key };
}

/** What stands before the 32 bytes of an Ed25519 key in DER. Source: RFC 8410, sections 4 and 7. */
const pkcs8 = Buffer.from("302e020100300506032b657004220420", "hex");
const spki = Buffer.from("302a300506032b6570032100", "hex");
