import { createHmac, timingSafeEqual } from "node:crypto";

/** The parameters of a request from Twilio: those of a POST's form, or of a GET's query. */
export type TwilioParameters = Readonly<Record<string, string | readonly string[]>>;

/**
 * The value of `X-Twilio-Signature`: base64 of HMAC-SHA1 by the account's auth token over the full address and,
 * sorted by name, each parameter of a POST with its value. Of a GET the address says it all: give no parameters.
 * Source: Twilio, "Security: Validating Requests".
 */
export function signTwilio(authToken: string, url: string, parameters: TwilioParameters = {}): string {
  const names = Object.keys(parameters).sort();
  // Values of the same name count once each, in their order.
  const text = names.map((name) =>
    [...new Set([parameters[name] ?? []].flat())]
      .sort()
      .map((value) => name + value)
      .join(""),
  );
  return createHmac("sha1", authToken)
    .update(url + text.join(""), "utf8")
    .digest("base64");
}

/** Whether `signature` is that of this request. Compares in constant time. */
export function isTwilioSignature(
  signature: string,
  authToken: string,
  url: string,
  parameters: TwilioParameters = {},
): boolean {
  const expected = Buffer.from(signTwilio(authToken, url, parameters));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
