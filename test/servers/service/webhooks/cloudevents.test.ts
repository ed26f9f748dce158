import { describe, expect, it } from "vitest";
import type { HttpRequest } from "../../../../servers/service/http-answer.ts";
import {
  batchType,
  maxBatchEvents,
  structuredType,
} from "../../../../servers/service/webhooks/cloud-event.ts";
import { deliver, refusalOf, refusalsOf, secrets } from "./deliver.ts";

const authorization = `Bearer ${secrets.cloudEventsToken}`;
const event = {
  specversion: "1.0",
  id: "A234-1234-1234",
  source: "/cloudevents/spec/pull",
  type: "com.github.pull_request.opened",
  subject: "123",
  data: { appinfoA: "é", appinfoB: 123 },
};

function delivery(body: unknown = event, type = structuredType) {
  const headers = { authorization, "content-type": type };
  return { method: "POST", target: "/cloudevents", headers, body: JSON.stringify(body) };
}

function binary(body: string | Uint8Array, type: string, attributes: Readonly<Record<string, string>> = {}) {
  const headers = {
    authorization,
    "content-type": type,
    "ce-specversion": "1.0",
    "ce-id": "1",
    "ce-source": "/x",
    "ce-type": "t",
    ...attributes,
  };
  return { method: "POST", target: "/cloudevents", headers, body };
}

describe("POST /cloudevents", () => {
  it("takes an event in structured mode", () => {
    const outcome = deliver(delivery());
    const key = `cloudevents:["${event.source}","${event.id}"]`;
    expect(outcome.events).toEqual([{ type: `cloudevent.${event.type}`, data: event, key }]);
    expect(outcome.answer([7])).toMatchObject({ status: 202, body: Buffer.from('{"id":7}') });
  });

  it("takes a batch, an empty one too", () => {
    const outcome = deliver(delivery([event, { ...event, id: "2" }], batchType));
    expect(outcome.events.map(({ data }) => data)).toEqual([event, { ...event, id: "2" }]);
    expect(new Set(outcome.events.map(({ key }) => key)).size).toBe(2);
    expect(outcome.answer([7, 8]).body.toString()).toBe('{"ids":[7,8]}');
    expect(deliver(delivery([], batchType)).answer([])).toMatchObject({ status: 202 });
  });

  it.each([
    ["JSON", '{"a":1}', "application/json", { data: { a: 1 } }],
    ["text", "<a/>", "text/xml; charset=utf-8", { data: "<a/>" }],
    ["other bytes", Uint8Array.of(0xff, 0x00), "image/png", { data_base64: "/wA=" }],
  ])("takes %s in binary mode", (_what, body, type, data) => {
    const outcome = deliver(binary(body, type, { "ce-subject": "caf%C3%A9", "ce-myextension": "1" }));
    const attributes = { specversion: "1.0", id: "1", source: "/x", type: "t", subject: "café" };
    const expected = { ...attributes, myextension: "1", datacontenttype: type, ...data };
    expect(outcome.events).toMatchObject([{ type: "cloudevent.t", data: expected }]);
  });

  it("calls an event by source and id together", () => {
    const keyOf = (source: string, id: string) => deliver(delivery({ ...event, source, id })).events[0]?.key;
    expect(keyOf("/a", "1")).toBe(keyOf("/a", "1"));
    expect(new Set([keyOf("/a", "1"), keyOf("/b", "1"), keyOf("/a", "2"), keyOf("/a1", "")]).size).toBe(4);
    expect(deliver({ ...binary("{}", "application/json") }).events[0]?.key).toBe(keyOf("/x", "1"));
  });

  const having = refusalsOf(delivery());
  const { headers } = delivery();

  it("takes the token in the query as well", () => {
    const target = `/cloudevents?p=q&access_token=${encodeURIComponent(secrets.cloudEventsToken)}`;
    const outcome = deliver({ ...delivery(), target, headers: { ...headers, authorization: undefined } });
    expect(outcome.events).toHaveLength(1);
    expect(outcome.answer([1]).headers["Cache-Control"]).toMatch("private");
  });

  it.each([
    "",
    "Bearer",
    "Bearer ",
    "Bearer x",
    authorization.slice(0, -1),
    `${authorization}x`,
    "Basic eDp5",
  ])("refuses the authorization %j", (given) => {
    const outcome = deliver({ ...delivery("no event"), headers: { ...headers, authorization: given } });
    expect(refusalOf(outcome)).toMatch(/^401 expected the token/);
    expect(outcome.answer([]).headers["WWW-Authenticate"]).toBe("Bearer");
    expect(refusalOf(outcome)).not.toMatch(secrets.cloudEventsToken);
  });

  it("refuses a wrong or empty token in the query", () => {
    const without = { ...headers, authorization: undefined };
    for (const query of [
      "",
      "?access_token=",
      "?access_token=x",
      `?Access_Token=${secrets.cloudEventsToken}`,
    ]) {
      expect(having({ target: `/cloudevents${query}`, headers: without })).toMatch(/^401 /);
    }
    const target = `/cloudevents?access_token=${secrets.cloudEventsToken}`;
    expect(having({ target, headers: { ...headers, authorization: "Bearer x" } })).toMatch(/^401 /);
  });

  it.each(["", "application/json", "text/plain"])(
    "refuses the type %j without an event in headers",
    (type) => {
      expect(having({ headers: { ...headers, "content-type": type } })).toMatch(/^415 /);
    },
  );

  it.each([
    ["no object", []],
    ["another version", { ...event, specversion: "0.3" }],
    ["no id", { ...event, id: "" }],
    ["a number for an id", { ...event, id: 1 }],
    ["no source", { ...event, source: undefined }],
    ["no type", { ...event, type: undefined }],
    ["a type with a line break", { ...event, type: "a\nb" }],
    ["a type that is too long", { ...event, type: "x".repeat(129) }],
    ["an attribute that cannot be", { ...event, "my-extension": 1 }],
    ["data twice", { ...event, data_base64: "AAAA" }],
  ])("refuses an event with %s, and the batch it is in", (_what, value) => {
    expect(refusalOf(deliver(delivery(value)))).toMatch(/^400 expected /);
    expect(refusalOf(deliver(delivery([event, value], batchType)))).toMatch(/^400 expected /);
  });

  it("refuses other bodies and headers that cannot be read", () => {
    expect(having({ body: "{" })).toMatch(/^400 expected a JSON body/);
    expect(refusalOf(deliver(delivery(event, batchType)))).toMatch(/^400 expected a batch/);
    const batchOf = (length: number) =>
      deliver(
        delivery(
          Array.from({ length }, () => event),
          batchType,
        ),
      );
    expect(batchOf(maxBatchEvents).events).toHaveLength(64);
    expect(refusalOf(batchOf(65))).toMatch(/^400 expected at most 64 events in a batch, got 65/);
    expect(refusalOf(deliver(binary("{", "application/json")))).toMatch(/^400 expected a JSON body/);
    expect(refusalOf(deliver(binary("{}", "text/plain", { "ce-subject": "%ff" })))).toMatch(
      /^400 .* ce-subject/,
    );
    expect(refusalOf(deliver(binary("{}", "")))).toMatch(/^415 /);
    expect(refusalOf(deliver(delivery(), {}))).toMatch(/^404 .* CLOUDEVENTS_TOKEN/);
  });
});

describe("OPTIONS /cloudevents", () => {
  function ask(headers: HttpRequest["headers"], webhooksPerSecond = 0) {
    const request = { method: "OPTIONS", target: "/cloudevents", headers, body: "" };
    return deliver(request, { ...secrets, webhooksPerSecond });
  }
  const origin = { "webhook-request-origin": "eventemitter.example.com" };
  const rate = (asked: string) => ({ ...origin, "webhook-request-rate": asked });

  it.each([
    [origin, 0, "*"],
    [rate("120"), 0, "120"],
    [rate("120"), 1, "60"],
    [rate("30"), 1, "30"],
    [origin, 10, "600"],
  ])("consents to %j, at %i a second, with %s a minute", (headers, limit, allowed) => {
    const outcome = ask(headers, limit);
    expect(outcome.events).toEqual([]);
    expect(outcome.answer([])).toMatchObject({
      status: 200,
      headers: {
        Allow: "OPTIONS, POST",
        "WebHook-Allowed-Origin": "eventemitter.example.com",
        "WebHook-Allowed-Rate": allowed,
      },
    });
  });

  it.each([
    {},
    { "webhook-request-origin": "" },
    { "webhook-request-origin": "a b" },
    { "webhook-request-origin": "a\r\nSet-Cookie: x" },
    rate("0"),
    rate("-1"),
    rate("1e3"),
    rate("fast"),
  ])("does not consent to %j", (headers) => {
    const outcome = ask(headers);
    expect(refusalOf(outcome)).toMatch(/^400 expected WebHook-Request-/);
    expect(Object.keys(outcome.answer([]).headers).filter((name) => name.startsWith("WebHook"))).toEqual([]);
  });

  it("does not consent where no events are taken", () => {
    const request = { method: "OPTIONS", target: "/cloudevents", headers: origin, body: "" };
    expect(refusalOf(deliver(request, {}))).toMatch(/^404 /);
  });
});
