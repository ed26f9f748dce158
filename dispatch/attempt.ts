import { request as httpRequest, type IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import type { Guard } from "./guard.ts";

/** One HTTP request to a target. */
export interface Ask {
  readonly method: "GET" | "POST" | "OPTIONS";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Bytes of the answer's body worth having. The connection ends with them, however much there is. */
  readonly maxBodyBytes: number;
}

export interface Answer {
  readonly status: number;
  /** Names in lower case; the first where there are several. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

/** Makes one request. Rejects when there is no answer, and when the signal is aborted, with its reason. */
export type Transport = (ask: Ask, signal: AbortSignal) => Promise<Answer>;

/** The transport of the real world: each request on a connection of its own, to an address that `guard` allows. */
export function guardedTransport(guard: Guard): Transport {
  return async (ask, signal) => {
    const url = guard.parse(ask.url);
    const request = url.protocol === "https:" ? httpsRequest : httpRequest;
    const body = ask.body === undefined ? undefined : Buffer.from(ask.body);
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      request(url, {
        method: ask.method,
        headers: { ...ask.headers, ...(body && { "Content-Length": body.length }) },
        lookup: guard.lookup(url, signal),
        // A connection kept from before would be to an address that was checked before.
        agent: false,
        signal,
      })
        .on("response", resolve)
        // Without this, nothing would be heard of it any more.
        .on("upgrade", (_response, socket) => {
          socket.destroy();
          reject(new Error("expected an answer, got 101 Switching Protocols"));
        })
        .on("error", (error) => reject(signal.aborted ? signal.reason : error))
        .end(body);
    });
    try {
      return {
        status: response.statusCode ?? 0,
        headers: firstOfEach(response),
        body: await readUpTo(ask.maxBodyBytes, response),
      };
    } catch (error) {
      throw signal.aborted ? signal.reason : error;
    } finally {
      response.destroy();
    }
  };
}

function firstOfEach({ headers }: IncomingMessage): Answer["headers"] {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value].flat()[0]]));
}

async function readUpTo(maxBytes: number, response: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  if (maxBytes > 0) {
    for await (const chunk of response as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= maxBytes) break;
    }
  }
  return Buffer.concat(chunks).subarray(0, maxBytes);
}
