import { randomBytes } from "node:crypto";
import type { Event } from "../servers/contract.ts";
import { type Message, ownTypes, type Subscription, targetOf } from "./subscriptions.ts";

/** An event as it is delivered. Its number alone would not do as an id: a server may begin again at 1. */
export function messageFrom({ type, at, data }: Pick<Event, "type" | "at" | "data">): Message {
  return { id: `msg_${randomBytes(18).toString("base64url")}`, type, at, data };
}

/** What those subscriptions are told that ask for it, when another is over or disabled. */
export function endOf(subscription: Subscription, reason: string, at: number): Message {
  // Not the whole address: many a target is as secret as what comes after its host.
  const data = { subscription: subscription.id, target: targetOf(subscription), reason };
  return messageFrom({ type: `${ownTypes}ended`, at, data });
}
