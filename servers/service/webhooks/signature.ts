/** What the signatures of all dialects are made of and compared by. */
import { createHmac, timingSafeEqual } from "node:crypto";

export type HashName = "sha1" | "sha256" | "sha384" | "sha512";

/** The HMAC of `content`, one part after the other, as text. */
export function hmac(
  hash: HashName,
  key: string | Uint8Array,
  encoding: "hex" | "base64" | "base64url",
  ...content: readonly (string | Uint8Array)[]
): string {
  const mac = createHmac(hash, key);
  for (const part of content) mac.update(part);
  return mac.digest(encoding);
}

/**
 * Whether both texts are the same, in a time that does not tell where they differ. It tells whether their lengths
 * do, which of a signature is no secret.
 *
 * Signatures are compared as they are written, not by the bytes they stand for: in base64, several texts stand for
 * the same bytes.
 */
export function isSameText(given: string, expected: string): boolean {
  const givenBytes = Buffer.from(given);
  const expectedBytes = Buffer.from(expected);
  return givenBytes.length === expectedBytes.length && timingSafeEqual(givenBytes, expectedBytes);
}

/**
 * Whether both tokens are the same. Compares what stands for them and is as long for all, so that not even their
 * length shows.
 */
export function isToken(given: string, expected: string): boolean {
  const standIn = (token: string) => hmac("sha256", expected, "hex", token);
  return isSameText(standIn(given), standIn(expected));
}
