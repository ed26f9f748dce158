import { deepStrictEqual, equal } from "node:assert/strict";
import { type OutgoingHttpHeaders, request } from "node:http";
import { text } from "node:stream/consumers";
import type { Client, Endpoints, Event } from "../../servers/contract.ts";
import { signatureHeaders } from "../load/signature.ts";

/** A payload in which everything that breaks framings occurs. */
const payload = { text: "line\nreturn\r\nnul\u0000 é 😀", empty: "", list: [1, null, true] };

const timeoutMs = 15_000;

/**
 * The short check before a server is measured: healthy, takes a webhook, delivers it once and unchanged. With a secret,
 * that one that nobody has signed is refused, too: what is measured is a server that looks.
 */
export async function verify(client: Client, endpoints: Endpoints, webhookSecret = ""): Promise<void> {
  const [health, { type, data }] = await Promise.all([
    ask("GET", `${endpoints.http}/healthz`),
    deliver(client, endpoints, webhookSecret),
  ]);
  equal(health.status, 200, `expected /healthz to answer 200, got ${health.status}: ${health.body}`);
  deepStrictEqual({ type, data }, { type: "hook.verify", data: payload });
  if (webhookSecret === "") return;
  const unsigned = await post(endpoints, "");
  equal(
    unsigned.status,
    401,
    `expected a webhook without signature to be answered 401, got ${unsigned.status}`,
  );
}

/** Subscribes, sends a webhook, and gives the event it became. */
function deliver(client: Client, endpoints: Endpoints, webhookSecret: string): Promise<Event> {
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
      .then(() => post(endpoints, webhookSecret))
      .then(({ status, body }) =>
        equal(status, 202, `expected the webhook to be answered 202, got ${status}: ${body}`),
      )
      .catch(fail);
  });
}

function post({ http }: Endpoints, webhookSecret: string): Promise<Answer> {
  const body = JSON.stringify(payload);
  const signature = webhookSecret === "" ? {} : signatureHeaders(webhookSecret, body);
  return ask("POST", `${http}/hooks/verify`, body, { "Content-Type": "application/json", ...signature });
}

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** One request on a connection of its own, so that none is left open on the server about to be measured. */
function ask(method: string, url: string, body = "", headers: OutgoingHttpHeaders = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const length = { "Content-Length": Buffer.byteLength(body) };
    const outgoing = request(
      url,
      { method, headers: { ...headers, ...length }, agent: false },
      (response) => {
        text(response).then((answer) => resolve({ status: response.statusCode ?? 0, body: answer }), reject);
      },
    );
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}
