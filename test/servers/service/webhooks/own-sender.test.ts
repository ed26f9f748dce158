import { describe, expect, it } from "vitest";
import type { Ask } from "../../../../dispatch/attempt.ts";
import { composeDelivery } from "../../../../dispatch/compose.ts";
import { handshakeOf, hubHandshake } from "../../../../dispatch/intent.ts";
import type { Subscription } from "../../../../dispatch/subscriptions.ts";
import { webSubCallback, webSubHubSecret } from "../../../../servers/service/webhooks/websub.ts";
import { deliver, nowMs, secrets } from "./deliver.ts";

const us = "https://us.example";
const sending = { publicUrl: "http://127.0.0.1:8081", origin: "dispatch.example" };
const message = { id: "msg_1", type: "call.ringing", at: nowMs, data: { callSid: "CA1" } };
const topic = `${sending.publicUrl}/topics/call.ringing`;

const subscription: Subscription = {
  id: "1",
  targetUrl: `${us}/hooks/calls`,
  events: ["*"],
  format: "standard",
  state: "active",
  reason: "",
  secret: secrets.webhookSecret,
  token: "",
  perMinute: 0,
  createdMs: 0,
  expiresMs: undefined,
};
const toCloudEvents = {
  ...subscription,
  targetUrl: `${us}/cloudevents`,
  format: "cloudevents",
  token: secrets.cloudEventsToken,
} as const;
const toWebSub = {
  ...subscription,
  targetUrl: webSubCallback(secrets.webSubSecret, us, topic),
  format: "websub",
  secret: webSubHubSecret(secrets.webSubSecret, topic),
} as const;

/** What becomes of a request of the dispatcher at a server of ours. */
function received({ method, url, headers, body }: Ask) {
  const { pathname, search } = new URL(url);
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  return deliver({ method, target: pathname + search, headers: Object.fromEntries(lower), body: body ?? "" });
}

describe("what our own dispatcher sends", () => {
  const typeOf = (to: Subscription) => received(composeDelivery(to, message, sending, nowMs)).events[0]?.type;

  it("is taken in every dialect that it speaks", () => {
    expect(typeOf(subscription)).toBe("hook.calls");
    expect(typeOf(toCloudEvents)).toBe("cloudevent.call.ringing");
    expect(typeOf(toWebSub)).toBe("websub.content");
  });

  it("is allowed before, as each dialect has it", () => {
    const intent = { callback: toWebSub.targetUrl, topic, leaseSeconds: 864_000 };
    for (const handshake of [
      handshakeOf(toCloudEvents, sending),
      hubHandshake({ ...intent, mode: "subscribe" }),
      hubHandshake({ ...intent, mode: "unsubscribe" }),
    ]) {
      const { status, headers, body } = received(handshake.ask).answer([1]);
      const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
      const granted = handshake.read({ status, headers: Object.fromEntries(lower), body });
      expect(granted).toHaveProperty("perMinute");
    }
  });
});
