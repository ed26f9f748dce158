/** The request that brings one webhook, as it goes over its connection. */
import { benchTopic } from "../payload.ts";
import { type SignatureHeaders, signatureHeaders } from "../signature.ts";

/** The whole of it, signature included, so that at its time nothing is left to do but to write it. */
export function webhookRequest(http: string, body: string, webhookSecret: string): Buffer {
  const signature = webhookSecret === "" ? "" : fieldLines(signatureHeaders(webhookSecret, body));
  return Buffer.from(
    `POST /hooks/${benchTopic} HTTP/1.1\r\nHost: ${http.slice(http.indexOf("//") + 2)}\r\nConnection: keep-alive\r\n` +
      `Content-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${signature}\r\n${body}`,
  );
}

function fieldLines(headers: SignatureHeaders): string {
  return Object.entries(headers)
    .map(([name, value]) => `${name}: ${value}\r\n`)
    .join("");
}
