import { signStandardWebhook } from "../servers/service/webhooks/standard-webhooks.ts";
import { signWebSub } from "../servers/service/webhooks/websub.ts";
import type { Ask } from "./attempt.ts";
import type { Message, Subscription } from "./subscriptions.ts";

/** Who sends: part of what is said in some dialects. */
export interface Sending {
  /** `http://host:port` where the dispatcher's own pages are reached: hub and topics. */
  readonly publicUrl: string;
  /** The name by which targets of CloudEvents allow us. */
  readonly origin: string;
}

/** The request of one attempt to deliver a message: a pure function, the same but for the time of the attempt. */
export function composeDelivery(
  subscription: Subscription,
  message: Message,
  sending: Sending,
  nowMs: number,
): Ask {
  const { body, headers } = composers[subscription.format](subscription, message, sending, nowMs);
  return {
    method: "POST",
    url: subscription.targetUrl,
    headers: { "User-Agent": userAgent, ...headers },
    body,
    // Nothing in it concerns us, and nobody is to read by us what they cannot read themselves.
    maxBodyBytes: 0,
  };
}

export const userAgent = "evented-web-dispatch/1";

type Composer = (
  subscription: Subscription,
  message: Message,
  sending: Sending,
  nowMs: number,
) => { readonly body: string; readonly headers: Record<string, string> };

const composers: Record<Subscription["format"], Composer> = {
  /** Source: Standard Webhooks 1.0.0, "Webhook headers (sending metadata to consumers)". */
  standard({ secret }, message, _sending, nowMs) {
    const body = JSON.stringify({ type: message.type, timestamp: timeOf(message), data: message.data });
    const timestamp = Math.floor(nowMs / 1_000);
    return {
      body,
      headers: {
        "Content-Type": "application/json",
        "webhook-id": message.id,
        "webhook-timestamp": String(timestamp),
        "webhook-signature": signStandardWebhook(secret, message.id, timestamp, body),
      },
    };
  },

  /** Source: CloudEvents 1.0, JSON format and "HTTP 1.1 Web Hooks for Event Delivery". */
  cloudevents({ token }, message, { publicUrl, origin }) {
    const { id, type, data } = message;
    const event = { specversion: "1.0", id, source: `${publicUrl}/topics/${type}`, type };
    return {
      body: JSON.stringify({ ...event, time: timeOf(message), datacontenttype: "application/json", data }),
      headers: {
        "Content-Type": "application/cloudevents+json",
        "WebHook-Request-Origin": origin,
        ...(token === "" ? {} : { Authorization: `Bearer ${token}` }),
      },
    };
  },

  /** Source: WebSub, section 7, "Content distribution". What is new in the topic, in the topic's own form. */
  websub({ secret }, message, { publicUrl }) {
    const { body, headers } = topicDocument(message.type, [message], publicUrl);
    const signature = secret && { "X-Hub-Signature": signWebSub(secret, "sha256", body) };
    return { body, headers: { ...headers, ...signature } };
  },
};

/** A topic as it is read, and as it is sent: its newest messages, the newest first, and where its hub is. */
export function topicDocument(type: string, messages: readonly Message[], publicUrl: string) {
  const topic = `${publicUrl}/topics/${type}`;
  const events = messages.map((message) => ({
    id: message.id,
    type: message.type,
    timestamp: timeOf(message),
    data: message.data,
  }));
  return {
    body: JSON.stringify({ topic, events }),
    headers: {
      "Content-Type": "application/json",
      Link: `<${publicUrl}/hub>; rel="hub", <${topic}>; rel="self"`,
    },
  };
}

function timeOf({ at }: Message): string {
  return new Date(at).toISOString();
}
