import { randomBytes } from "node:crypto";
import { isSameText } from "../servers/service/webhooks/signature.ts";
import type { Answer, Ask } from "./attempt.ts";
import { type Sending, userAgent } from "./compose.ts";
import type { Subscription } from "./subscriptions.ts";

/**
 * How a target is asked whether it wants what a subscription says, so that nobody can be sent what they did not
 * ask for. Each handshake is a request, and what its answer means: pure functions.
 */
export interface Handshake {
  readonly ask: Ask;
  /** What the answer grants, or why it grants nothing. */
  read(answer: Answer): { readonly perMinute: number } | { readonly refused: string };
}

/** Deliveries a minute that we ask a target of CloudEvents for. */
const requestedPerMinute = 6_000;

export function handshakeOf(subscription: Subscription, sending: Sending): Handshake {
  return subscription.format === "cloudevents"
    ? cloudEventsHandshake(subscription, sending)
    : echoHandshake(subscription);
}

/**
 * The secret that signs is sent, and must come back. The target learns it by this, and need not be told otherwise.
 * Source: Asana, "Webhooks: the webhook handshake".
 */
function echoHandshake({ targetUrl, secret }: Subscription): Handshake {
  return {
    ask: {
      method: "POST",
      url: targetUrl,
      headers: { "User-Agent": userAgent, "X-Hook-Secret": secret },
      body: "",
      maxBodyBytes: 0,
    },
    read({ status, headers }) {
      if (status < 200 || status > 299)
        return { refused: `expected a status from 200 to 299 to X-Hook-Secret, got ${status}` };
      return isSameText(headers["x-hook-secret"] ?? "", secret)
        ? { perMinute: 0 }
        : { refused: "expected the target to echo X-Hook-Secret, got an answer without it" };
    },
  };
}

/** Source: CloudEvents, "HTTP 1.1 Web Hooks for Event Delivery", section 4. The status says nothing. */
function cloudEventsHandshake({ targetUrl, token }: Subscription, { origin }: Sending): Handshake {
  return {
    ask: {
      method: "OPTIONS",
      url: targetUrl,
      headers: {
        "User-Agent": userAgent,
        "WebHook-Request-Origin": origin,
        "WebHook-Request-Rate": String(requestedPerMinute),
        ...(token === "" ? {} : { Authorization: `Bearer ${token}` }),
      },
      maxBodyBytes: 0,
    },
    read({ headers }) {
      const allowed = headers["webhook-allowed-origin"]?.trim();
      if (allowed !== "*" && allowed?.toLowerCase() !== origin.toLowerCase())
        return { refused: `expected WebHook-Allowed-Origin: ${origin} or *, got ${allowed ?? "none"}` };
      const rate = headers["webhook-allowed-rate"]?.trim() ?? "none";
      if (rate === "*") return { perMinute: 0 };
      return /^[1-9]\d{0,8}$/.test(rate)
        ? { perMinute: Math.min(Number(rate), requestedPerMinute) }
        : { refused: `expected WebHook-Allowed-Rate: a number from 1 up or *, got ${rate.slice(0, 40)}` };
    },
  };
}

/**
 * Asks a subscriber of WebSub whether it has asked for this, or whether it wants it to end.
 * Source: WebSub, section 5.3.
 */
export function hubHandshake(intent: {
  readonly callback: string;
  readonly mode: "subscribe" | "unsubscribe";
  readonly topic: string;
  readonly leaseSeconds: number;
}): Handshake {
  const challenge = randomBytes(24).toString("base64url");
  const query = new URLSearchParams({
    "hub.mode": intent.mode,
    "hub.topic": intent.topic,
    "hub.challenge": challenge,
    ...(intent.mode === "subscribe" ? { "hub.lease_seconds": String(intent.leaseSeconds) } : {}),
  });
  // The callback's own query stays as it is, to the letter.
  const url = new URL(intent.callback);
  url.search += `${url.search === "" ? "?" : "&"}${query}`;
  return {
    ask: {
      method: "GET",
      url: url.href,
      headers: { "User-Agent": userAgent },
      // One more than there should be, to tell a longer answer from the challenge.
      maxBodyBytes: challenge.length + 1,
    },
    read({ status, body }) {
      if (status < 200 || status > 299)
        return { refused: `expected a status from 200 to 299 and hub.challenge, got ${status}` };
      return isSameText(body.toString(), challenge)
        ? { perMinute: 0 }
        : { refused: "expected hub.challenge and nothing else in the answer, got another text" };
    },
  };
}
