/** What a subscription is, and which messages it gets: pure functions. */

/** In which dialect a target is spoken to. */
export type Format = "standard" | "cloudevents" | "websub";

export type State =
  /** The target has not yet said that it wants the messages. It gets none. */
  | "pending"
  | "active"
  /** By its owner, or because a delivery failed to the last attempt. What waits is kept; nothing is added. */
  | "disabled";

export interface Subscription {
  readonly id: string;
  readonly targetUrl: string;
  /** Patterns: `call.ringing`, `call.*`, or `*` for all. For WebSub one type, that of the topic. */
  readonly events: readonly string[];
  readonly format: Format;
  readonly state: State;
  /** Why it is in this state. */
  readonly reason: string;
  /** Signs what is sent: `whsec_...` in the dialect of Standard Webhooks, any text or "" in WebSub. */
  readonly secret: string;
  /** Shown to the target as `Authorization: Bearer`; "" for none. CloudEvents only. */
  readonly token: string;
  /** Deliveries a minute that the target allows; 0 for any number. */
  readonly perMinute: number;
  readonly createdMs: number;
  /** When a lease of WebSub is over. */
  readonly expiresMs: number | undefined;
}

/** What is delivered. Its id is the same for every subscription and every attempt. */
export interface Message {
  readonly id: string;
  readonly type: string;
  /** Unix time in milliseconds at which it happened. */
  readonly at: number;
  readonly data: unknown;
}

/** A type of events, such as `call.ringing`, `hook.orders`, `cloudevent.com.example.created`: all that a server names so. */
const typePattern = /^[\w-][\w./:~-]*$/;

/** Longest type that can be read as a topic: it is part of a key, and of an address. */
const maxTypeLength = 200;

/** `.` and `..` between slashes, which are steps to those who read addresses. */
const dotSegment = /(?:^|\/)\.{1,2}(?:\/|$)/;

/** Whether messages of this type are kept to be read. */
export function isKeptType(type: string): boolean {
  return type.length <= maxTypeLength && typePattern.test(type) && !dotSegment.test(type);
}

/** Begins the types of what the dispatcher itself has to tell, which concerns the owners of subscriptions alone. */
export const ownTypes = "dispatch.";

/** What a subscription may ask for: a type, all types below a name (`call.*`), or all (`*`). */
export const eventPattern = /^(?:\*|[\w-][\w./:~-]*(?:(?<!\.)\.\*)?)$/;

export function matches(pattern: string, type: string): boolean {
  if (pattern === "*") return true;
  return pattern.endsWith(".*") ? type.startsWith(pattern.slice(0, -1)) : type === pattern;
}

/** Whether a message goes to this subscription. */
export function wants(subscription: Subscription, type: string, nowMs: number): boolean {
  if (subscription.state !== "active" || isExpired(subscription, nowMs)) return false;
  return subscription.events.some((pattern) => matches(pattern, type));
}

/** Whether a lease is over. */
export function isExpired({ expiresMs }: Subscription, nowMs: number): boolean {
  return expiresMs !== undefined && expiresMs <= nowMs;
}

/** What targets share: how many attempts there are at once. */
export function targetOf({ targetUrl }: Pick<Subscription, "targetUrl">): string {
  return new URL(targetUrl).origin;
}

/** The subscription as its owner may see it: secrets are told once, by whoever makes them. */
export function publicView(subscription: Subscription, waiting: number): Record<string, unknown> {
  const { id, targetUrl, events, format, state, reason, createdMs, expiresMs } = subscription;
  const expires = expiresMs === undefined ? {} : { expiresAt: new Date(expiresMs).toISOString() };
  const createdAt = new Date(createdMs).toISOString();
  return { id, targetUrl, events, format, state, reason, waiting, createdAt, ...expires };
}
