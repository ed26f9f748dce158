import { signatureHeaders } from "../../load/signature.ts";

/** One HTTP request, as a sender of webhooks or somebody who plays one makes it. */
export interface Delivery {
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** What a signature is made of. */
export interface Signed {
  readonly secret: string;
  readonly id: string;
  /** Whole seconds since 1970. */
  readonly timestamp: number;
  /** In UTF-8. */
  readonly body: Buffer;
}

/** The signature `v1,...` of the Standard Webhooks specification 1.0.0. */
export function signatureOf({ secret, id, timestamp, body }: Signed): string {
  return signatureHeaders(secret, body.toString(), timestamp * 1_000, id)["webhook-signature"];
}

/** A delivery with the three headers of the specification; `signature` is the genuine one unless another is given. */
export function delivery(signed: Signed, signature = signatureOf(signed)): Delivery {
  const headers = {
    "content-type": "application/json",
    "webhook-id": signed.id,
    "webhook-timestamp": String(signed.timestamp),
    "webhook-signature": signature,
  };
  return { method: "POST", headers, body: signed.body };
}

/** The same delivery without one of its headers. */
export function without(given: Delivery, ...names: readonly string[]): Delivery {
  const headers = Object.fromEntries(Object.entries(given.headers).filter(([name]) => !names.includes(name)));
  return { ...given, headers };
}
