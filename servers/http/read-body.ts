import type { IncomingMessage } from "node:http";
import { maxBodyBytes } from "../service/webhooks/dialect.ts";

/** The whole body of a request; undefined when it is larger than a webhook may be. Rejects if it breaks off. */
export async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  if (Number(request.headers["content-length"] ?? 0) > maxBodyBytes) return undefined;
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > maxBodyBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
