import { deepStrictEqual, equal } from "node:assert/strict";
import { request } from "node:http";
import { text } from "node:stream/consumers";
import type { Client, Endpoints, Event } from "../../servers/contract.ts";

/** A payload in which everything that breaks framings occurs. */
const payload = { text: "line\nreturn\r\nnul\u0000 é 😀", empty: "", list: [1, null, true] };

const timeoutMs = 15_000;

/** The short check before a server is measured: healthy, takes a webhook, delivers it once and unchanged. */
export async function verify(client: Client, endpoints: Endpoints): Promise<void> {
  const [health, { type, data }] = await Promise.all([
    ask("GET", `${endpoints.http}/healthz`),
    deliver(client, endpoints),
  ]);
  equal(health.status, 200, `expected /healthz to answer 200, got ${health.status}: ${health.body}`);
  deepStrictEqual({ type, data }, { type: "hook.verify", data: payload });
}

/** Subscribes, sends a webhook, and gives the event it became. */
function deliver(client: Client, endpoints: Endpoints): Promise<Event> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(
      () => fail(new Error(`expected an event within ${timeoutMs} ms, got none`)),
      timeoutMs,
    );
    const fail = (error: Error) => {
      clearTimeout(timer);
      reject(error);
    };
    const subscribed = client.subscribe(endpoints, {
      pollMs: 20,
      waitSeconds: 5,
      onEvent: (event) => {
        clearTimeout(timer);
        subscribed.then((subscription) => subscription.close(), fail);
        resolve(event);
      },
      onEnd: (reason) => fail(new Error(`expected an event, but the subscription ended: ${reason}`)),
    });
    subscribed
      .then(() => ask("POST", `${endpoints.http}/hooks/verify`, JSON.stringify(payload)))
      .then(({ status, body }) =>
        equal(status, 202, `expected the webhook to be answered 202, got ${status}: ${body}`),
      )
      .catch(fail);
  });
}

/** One request on a connection of its own, so that none is left open on the server about to be measured. */
function ask(method: string, url: string, body = ""): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const headers = { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) };
    const outgoing = request(url, { method, headers, agent: false }, (response) => {
      text(response).then((answer) => resolve({ status: response.statusCode ?? 0, body: answer }), reject);
    });
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}
