/** A request as the telephone company sends it, and how long it goes on trying. */
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { setTimeout as wait } from "node:timers/promises";
import { signTwilio } from "../../servers/service/webhooks/twilio.ts";
import { maxTwimlBytes } from "./twiml.ts";
import type { Method } from "./verbs.ts";

export type Parameters = Readonly<{ [name: string]: string }>;

export interface Webhook {
  /** Without the parameters, which a GET carries in its query. */
  readonly url: URL;
  readonly method: Method;
  readonly parameters: Parameters;
  /** The same for every attempt at this one. */
  readonly idempotencyToken: string;
}

export interface WebhookAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** A webhook that found no one, or an answer that cannot be taken: Twilio's error 11200, or 11205 without a connection. */
export class WebhookFailed extends Error {
  override name = "WebhookFailed";
  readonly code: number;

  constructor(code: number, message: string) {
    super(message);
    this.code = code;
  }
}

export interface Attempts {
  readonly authToken: string;
  readonly signal: AbortSignal;
  /** An attempt failed and there will be another. */
  onRetry(reason: string): void;
}

/** Two tries of five seconds. Source: Twilio, "Webhooks (HTTP callbacks): Connection Overrides". */
const connectTimeoutMs = 10_000;
/** For all attempts together. */
const totalTimeoutMs = 15_000;
const [firstPauseMs, longestPauseMs] = [50, 1_000];

/**
 * Sends a webhook, and again with the same signature while the connection fails or the answer is a 5xx, as Twilio
 * does where an address ends in the overrides `#rc=5&rp=ct,rt,5xx`. Rejects with the last reason.
 */
export async function sendWebhook(webhook: Webhook, attempts: Attempts): Promise<WebhookAnswer> {
  const until = performance.now() + totalTimeoutMs;
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    const left = until - performance.now();
    const result = await attempt(webhook, attempts, left).catch((error: unknown) => {
      attempts.signal.throwIfAborted();
      return new WebhookFailed(11_205, `no answer: ${error instanceof Error ? error.message : error}`);
    });
    const failed = result instanceof WebhookFailed ? result : refusedBy(result);
    if (failed === undefined) return result as WebhookAnswer;
    const again = result instanceof WebhookFailed || result.status >= 500;
    if (!again || performance.now() + pauseMs >= until) throw failed;
    attempts.onRetry(failed.message);
    await wait(pauseMs, undefined, { signal: attempts.signal });
  }
}

function refusedBy({ status, body }: WebhookAnswer): WebhookFailed | undefined {
  if (status >= 200 && status <= 299) return undefined;
  return new WebhookFailed(11_200, `status ${status}: ${body.slice(0, 200)}`);
}

function attempt(
  webhook: Webhook,
  { authToken, signal }: Attempts,
  timeoutMs: number,
): Promise<WebhookAnswer> {
  const { url, method, parameters, idempotencyToken } = webhook;
  const target = new URL(url);
  target.hash = "";
  const form = new URLSearchParams(parameters).toString();
  if (method === "GET")
    target.search = [target.search.slice(1), form].filter((part) => part !== "").join("&");
  const signed = method === "GET" ? {} : parameters;
  const headers = {
    "User-Agent": "TwilioProxy/1.1 (a stand-in)",
    Accept: "*/*",
    "X-Twilio-Signature": signTwilio(authToken, target.href, signed),
    "I-Twilio-Idempotency-Token": idempotencyToken,
    ...(method === "POST" && {
      "Content-Type": "application/x-www-form-urlencoded; charset=UTF-8",
      "Content-Length": Buffer.byteLength(form),
    }),
  };
  const send = target.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const limits = AbortSignal.any([signal, AbortSignal.timeout(Math.max(1, Math.ceil(timeoutMs)))]);
    const request = send(target, { method, headers, agent: false, signal: limits });
    const connecting = setTimeout(
      () => request.destroy(new Error(`no connection within ${connectTimeoutMs} ms`)),
      connectTimeoutMs,
    );
    request.once("socket", (socket) => socket.once("connect", () => clearTimeout(connecting)));
    request.once("close", () => clearTimeout(connecting));
    request.once("error", (error) =>
      reject(
        limits.aborted && !signal.aborted ? new Error(`none within ${totalTimeoutMs} ms in all`) : error,
      ),
    );
    request.once("response", (response) => {
      const chunks: Buffer[] = [];
      let bytes = 0;
      response.on("data", (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > maxTwimlBytes)
          request.destroy(new Error(`an answer of more than ${maxTwimlBytes} bytes`));
        else chunks.push(chunk);
      });
      response.once("error", reject);
      response.once("end", () =>
        resolve({
          status: response.statusCode ?? 0,
          contentType: response.headers["content-type"] ?? "",
          body: Buffer.concat(chunks).toString(),
        }),
      );
    });
    request.end(method === "POST" ? form : undefined);
  });
}
