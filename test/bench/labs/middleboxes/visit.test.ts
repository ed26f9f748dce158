import { expect, it } from "vitest";
import { Visit } from "../../../../bench/labs/middleboxes/visit.ts";
import type { Client, SubscribeOptions } from "../../../../servers/contract.ts";

const manners = { patienceMs: 20, pollMs: 1, waitSeconds: 1 };
const patient = { ...manners, patienceMs: 60_000 };
const event = (type: string) => ({ id: 1, type, at: 0, data: {} });

/** A client that does as it is told; `closed` counts the subscriptions that were ended. */
function clientThat(does: (options: SubscribeOptions) => void) {
  const state = { closed: 0 };
  const client: Client = {
    subscribe: async (_endpoints, options) => {
      does(options);
      return { cursor: () => 0, close: () => state.closed++ };
    },
  };
  return { client, state };
}

const endpoints = { http: "" };

it("tells when the first event came, and that the later one did", async () => {
  const { client, state } = clientThat(({ onEvent }) => {
    onEvent(event("hook.verify"));
    onEvent(event("hook.later"));
  });
  const visit = new Visit(client, endpoints, patient);
  await visit.first();
  expect(await visit.later()).toEqual({ firstMs: expect.any(Number) });
  expect(state.closed).toBe(1);
});

it("runs out of patience", async () => {
  const nothing = new Visit(clientThat(() => {}).client, endpoints, manners);
  await nothing.first();
  expect(await nothing.later()).toEqual({ failure: "no event within 0.02 s" });
  const oneOnly = new Visit(
    clientThat(({ onEvent }) => onEvent(event("hook.verify"))).client,
    endpoints,
    manners,
  );
  await oneOnly.first();
  expect(await oneOnly.later()).toEqual({ firstMs: expect.any(Number), failure: "no event within 0.02 s" });
});

it("is told at once when it is cut off, or gets nowhere", async () => {
  const cut = new Visit(
    clientThat(({ onEvent, onEnd }) => {
      onEvent(event("hook.verify"));
      onEnd("idle");
    }).client,
    endpoints,
    patient,
  );
  await cut.first();
  expect(await cut.later()).toEqual({ firstMs: expect.any(Number), failure: "cut off: idle" });
  const refusing: Client = { subscribe: () => Promise.reject(new Error("refused")) };
  const refused = new Visit(refusing, endpoints, patient);
  await refused.first();
  expect(await refused.later()).toEqual({ failure: "refused" });
});
