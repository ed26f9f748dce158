/** A client that asks, and asks again when it has its answer, over connections that are kept. */
import { Agent, request } from "node:http";
import { text } from "node:stream/consumers";
import { nowMs } from "../../load/clock.ts";
import { serve } from "../../load/rpc.ts";

export interface AskOrder {
  readonly url: string;
  /** Requests under way, each on a connection of its own. */
  readonly atOnce: number;
  /** It goes on for so long, but for at least so many requests. */
  readonly forMs: number;
  readonly atLeast: number;
}

const agent = new Agent({ keepAlive: true });

/** How long each request took until its answer was there, in milliseconds. */
async function ask({ url, atOnce, forMs, atLeast }: AskOrder): Promise<number[]> {
  const endMs = nowMs() + forMs;
  const tookMs: number[] = [];
  let sent = 0;
  const askOn = async () => {
    while (sent < atLeast || nowMs() < endMs) {
      sent++;
      const askedMs = nowMs();
      await send("GET", url, 200);
      tookMs.push(nowMs() - askedMs);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, askOn));
  return tookMs;
}

/** Sends a webhook. */
function post({ url, body }: { readonly url: string; readonly body: string }): Promise<void> {
  return send("POST", url, 202, body);
}

function send(method: string, url: string, expected: number, body = ""): Promise<void> {
  return new Promise((resolve, reject) => {
    const headers = { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) };
    const outgoing = request(url, { method, agent, headers: body === "" ? {} : headers }, (response) => {
      text(response).then((answer) => {
        if (response.statusCode === expected) resolve();
        else
          reject(new Error(`expected ${url} to answer ${expected}, got ${response.statusCode}: ${answer}`));
      }, reject);
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

const methods = { ask, post };
export type ClientMethods = typeof methods;
serve(methods);
