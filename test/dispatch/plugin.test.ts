import { expect, it, onTestFinished } from "vitest";
import { guardedTransport } from "../../dispatch/attempt.ts";
import { Callbacks } from "../../dispatch/callbacks.ts";
import { systemClock } from "../../dispatch/clock.ts";
import { Guard } from "../../dispatch/guard.ts";
import { systemResolve } from "../../dispatch/names.ts";
import { callPlugin } from "../../dispatch/plugin.ts";
import { serveCallbacks } from "../../dispatch/serve-callbacks.ts";
import { serveHttp } from "../../dispatch/serve-http.ts";
import { jsonAnswer } from "../../servers/service/http-answer.ts";
import { answer, Network, type Receiver, silence } from "./network.ts";
import { VirtualClock } from "./virtual-clock.ts";

it("takes the answer that comes with the response", async () => {
  const { call, asked } = setUp(async () => answer(200, {}, '{"sum":3}'));
  expect(await call([1, 2])).toEqual({ by: "response", value: { sum: 3 } });
  expect(asked[0]).toMatchObject({ data: [1, 2] });
  expect(asked[0]?.callback).toMatch(/^https:\/\/caller\.example\/callbacks\/[\w-]{43}$/);
});

it("takes the answer that comes later, where it was told to, and only one", async () => {
  const { call, asked, callBack, clock } = setUp(async () => answer(202));
  const answered = call("x");
  await clock.pass(1_000);
  const url = asked[0]?.callback ?? "";
  expect(callBack(url, "not JSON")).toMatchObject({ status: 400 });
  expect(callBack(url, '{"later":true}')).toMatchObject({ status: 204 });
  expect(callBack(url, '{"later":false}')).toMatchObject({ status: 404 });
  expect(await answered).toEqual({ by: "callback", value: { later: true } });
});

it("takes an answer that is called back before the response says that it will be", async () => {
  const { call, callBack } = setUp(async ({ body }) => {
    callBack(JSON.parse(body ?? "").callback, "1");
    return answer(202);
  });
  expect(await call("x")).toEqual({ by: "callback", value: 1 });
});

it.each<[string, Receiver]>([
  ["an answer", () => silence],
  ["a callback", async () => answer(202)],
])("does not wait for %s for ever, and then takes none", async (_what, receiver) => {
  const { call, asked, callBack, clock } = setUp(receiver);
  const refused = expect(call("x")).rejects.toThrow("expected an answer within 30 s, got none");
  await clock.pass(30_000);
  await refused;
  expect(callBack(asked[0]?.callback ?? "", "1")).toMatchObject({ status: 404 });
});

it.each([
  [answer(500), "expected status 200, or 202 and a callback, got 500"],
  [answer(302), "got 302"],
  [answer(200, {}, "<html>"), "expected a JSON body"],
  [answer(200, {}, `"${"x".repeat(64 * 1024)}"`), "got a larger one"],
])("refuses an answer that it cannot use", async (reply, error) => {
  const { call } = setUp(async () => reply);
  await expect(call("x")).rejects.toThrow(error);
});

it("answers at no address but those it gave, and only a POST of JSON", async () => {
  const { callBack, receive } = setUp(async () => answer(202));
  expect(callBack("https://caller.example/callbacks/guessed", "1")).toMatchObject({ status: 404 });
  expect(receive("POST", "/other", "1")).toBeUndefined();
  expect(receive("GET", "/callbacks/guessed", "")).toMatchObject({ status: 405 });
});

it("works over HTTP, both ways", async () => {
  const { callbacks, close } = await serveCallbacks({ host: "127.0.0.1", port: 0 });
  onTestFinished(close);
  const plugin = await serveHttp({ host: "127.0.0.1", port: 0 }, ({ target, body }) => {
    const { data, callback } = JSON.parse(Buffer.from(body).toString());
    if (target === "/now") return jsonAnswer(200, data + 1);
    const later = { method: "POST", headers: { "Content-Type": "application/json" }, body: String(data + 2) };
    void fetch(callback, later);
    return jsonAnswer(202, {});
  });
  onTestFinished(plugin.close);
  const guard = new Guard({ resolve: systemResolve, allowLoopback: true });
  const call = { transport: guardedTransport(guard), callbacks, clock: systemClock, timeoutMs: 30_000 };
  expect(await callPlugin(call, `${plugin.url}/now`, 1)).toEqual({ by: "response", value: 2 });
  expect(await callPlugin(call, `${plugin.url}/later`, 1)).toEqual({ by: "callback", value: 3 });
});

function setUp(receiver: Receiver) {
  const clock = new VirtualClock();
  const network = new Network();
  const callbacks = new Callbacks("https://caller.example");
  const asked: { data: unknown; callback: string }[] = [];
  network.add("plugin.example", "93.184.216.34", (ask, signal) => {
    asked.push(JSON.parse(ask.body ?? ""));
    return receiver(ask, signal);
  });
  const receive = (method: string, path: string, body: string) =>
    callbacks.receive({
      method,
      target: path,
      headers: { "content-type": "application/json" },
      body: Buffer.from(body),
    });
  return {
    clock,
    asked,
    receive,
    callBack: (url: string, body: string) => receive("POST", new URL(url).pathname, body),
    call: (data: unknown) =>
      callPlugin(
        { transport: network.transport, callbacks, clock, timeoutMs: 30_000 },
        "https://plugin.example/",
        data,
      ),
  };
}
