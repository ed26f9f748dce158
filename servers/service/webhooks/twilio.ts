import { createHash } from "node:crypto";
import { parse, stringify } from "node:querystring";
import { hmac, isSameText } from "./signature.ts";

/** The parameters of a request from Twilio: those of a POST's form, or of a GET's query. */
export type TwilioParameters = Readonly<Record<string, string | readonly string[]>>;

/**
 * The value of `X-Twilio-Signature`: base64 of HMAC-SHA1 by the account's auth token over the full address and,
 * sorted by name, each parameter of a POST with its value. Of a GET the address says it all: give no parameters.
 * Neither of a POST whose address says `bodySHA256`. Source: Twilio, "Security: Validating Requests".
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
  return hmac("sha1", authToken, "base64", url + text.join(""));
}

/** Whether `signature` is that of this request, in any way of writing its address. Compares in constant time. */
export function isTwilioSignature(
  signature: string,
  authToken: string,
  url: string,
  parameters: TwilioParameters = {},
): boolean {
  const isOf = (written: string) => isSameText(signature, signTwilio(authToken, written, parameters));
  return withAndWithoutPort(url).some(isOf) || otherWritingsOf(url).some(isOf);
}

/** The parameter of an address that says what body comes with it, as `twilioBodyHash` does. */
export const bodyHashParameter = "bodySHA256";

/** SHA-256 of a raw body, in hex. Only bodies that are no forms come with it. */
export function twilioBodyHash(body: Uint8Array): string {
  return createHash("sha256").update(body).digest("hex");
}

/** Of some requests Twilio signs the address with its port, of others without, whatever it asked for. */
function withAndWithoutPort(url: string): readonly string[] {
  const [, scheme, host, port, rest = ""] = /^(https?:\/\/)([^/?#]*?)(:\d+)?([/?#].*)?$/i.exec(url) ?? [];
  if (scheme === undefined || host === undefined) return [url];
  const standardPort = scheme.toLowerCase() === "https://" ? ":443" : ":80";
  return [`${scheme}${host}${rest}`, `${scheme}${host}${port ?? standardPort}${rest}`];
}

/**
 * Further ways in which an address may have been written where it was signed: as the URL Standard does, and with its
 * query escaped as Node's `querystring` does. Only those that say the same parameters are given, so that taking them
 * lets no other request in.
 */
function otherWritingsOf(url: string): readonly string[] {
  if (!URL.canParse(url)) return [];
  const written = withAndWithoutPort(new URL(url).href);
  const meant = meaningOf(url);
  return [...written, ...written.map(withLegacyQuery)].filter((other) => meaningOf(other) === meant);
}

function withLegacyQuery(url: string): string {
  const [, address, query] = /^([^?]*\?)(.+)$/.exec(url) ?? [];
  if (address === undefined || query === undefined) return url;
  // Unless told otherwise it reads 1,000 parameters: any could be put behind them.
  return address + stringify(parse(query, "&", "=", { maxKeys: 0 }));
}

/** The parameters of an address in one writing: by name, those of the same name in their order. */
function meaningOf(url: string): string {
  const parameters = new URLSearchParams(/\?(.*)$/s.exec(url)?.[1] ?? "");
  parameters.sort();
  return parameters.toString();
}
