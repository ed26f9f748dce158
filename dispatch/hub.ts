import {
  BadRequest,
  errorAnswer,
  type HttpAnswer,
  type HttpRequest,
} from "../servers/service/http-answer.ts";
import { mediaTypeOf } from "../servers/service/webhooks/dialect.ts";
import { formType, parseForm } from "../servers/service/webhooks/form.ts";
import { topicDocument } from "./compose.ts";
import type { Guard } from "./guard.ts";
import type { HubSubscribers } from "./hub-subscribers.ts";
import type { Store } from "./store.ts";
import { isKeptType, ownTypes } from "./subscriptions.ts";
import { urlText } from "./wishes.ts";

/** No subscription is for ever: what nobody renews, nobody reads. Source: WebSub, section 5.1. */
export const leaseSeconds = { least: 60, byDefault: 10 * 86_400, most: 30 * 86_400 } as const;

/** Source: WebSub, section 5.1: "This parameter MUST be less than 200 bytes in length." */
const maxSecretBytes = 199;

/** Messages in a topic that is read. */
const topicLength = 20;

export interface HubOptions {
  readonly store: Store;
  readonly hubSubscribers: HubSubscribers;
  readonly guard: Guard;
  readonly publicUrl: string;
}

/**
 * A hub of WebSub for topics of our own, one for each type of events: anyone who answers for his callback may
 * subscribe. Source: WebSub, W3C Recommendation, sections 5 to 8.
 */
export function answerHub(
  { hubSubscribers, guard, publicUrl }: HubOptions,
  request: HttpRequest,
): HttpAnswer {
  const mediaType = mediaTypeOf(request);
  if (mediaType !== formType)
    return errorAnswer(415, `expected Content-Type: ${formType}, got ${mediaType || "none"}`);
  const form = parseForm(request.body);
  const mode = form.get("hub.mode");
  if (mode === "publish") {
    typeOf(form.get("hub.url") ?? form.get("hub.topic"), publicUrl);
    // Nothing to fetch: what is in our topics has been sent as it came.
    return accepted;
  }
  if (mode !== "subscribe" && mode !== "unsubscribe")
    throw new BadRequest(`expected hub.mode to be subscribe, unsubscribe or publish, got ${quoted(mode)}`);
  const topic = form.get("hub.topic");
  const type = typeOf(topic, publicUrl);
  const callback = guard.parse(urlText("hub.callback", form.get("hub.callback"))).href;
  hubSubscribers.ask(mode, {
    callback,
    topic: topic ?? "",
    type,
    leaseSeconds: parseLease(form.get("hub.lease_seconds")),
    secret: parseSecret(form.get("hub.secret")),
  });
  return accepted;
}

/** Whether events of this type are a topic, which all the world may read. */
export function isTopic(type: string): boolean {
  return isKeptType(type) && !type.startsWith(ownTypes);
}

/** `GET /topics/:type`: the newest messages, and where to subscribe. */
export function answerTopic({ store, publicUrl }: HubOptions, type: string): HttpAnswer {
  const { body, headers } = topicDocument(type, store.recent(type, topicLength), publicUrl);
  return { status: 200, headers: { "Cache-Control": "no-store", ...headers }, body: Buffer.from(body) };
}

const accepted: HttpAnswer = { status: 202, headers: {}, body: Buffer.alloc(0) };

/** The type of events that a topic of ours is of. */
function typeOf(topic: string | null, publicUrl: string): string {
  const prefix = `${publicUrl}/topics/`;
  const type = topic?.startsWith(prefix) ? topic.slice(prefix.length) : "";
  if (!isTopic(type))
    throw new BadRequest(`expected hub.topic to be ${prefix} and a type of events, got ${quoted(topic)}`);
  return type;
}

function parseLease(text: string | null): number {
  if (text === null || text === "") return leaseSeconds.byDefault;
  if (!/^\d{1,15}$/.test(text))
    throw new BadRequest(`expected hub.lease_seconds to be a whole number, got ${quoted(text)}`);
  // The hub decides, and says so when it asks the callback.
  return Math.min(Math.max(Number(text), leaseSeconds.least), leaseSeconds.most);
}

function parseSecret(text: string | null): string {
  const bytes = Buffer.byteLength(text ?? "");
  if (bytes > maxSecretBytes)
    throw new BadRequest(`expected hub.secret to have fewer than 200 bytes, got ${bytes}`);
  return text ?? "";
}

function quoted(text: string | null): string {
  return text === null ? "none" : JSON.stringify(text.slice(0, 80));
}
