import { describe, expect, it } from "vitest";
import { encodeEvent } from "../../../servers/service/event-log.ts";
import { History } from "../../../servers/service/history.ts";
import { Journal } from "../../../servers/service/journal.ts";
import { createKeyRings, digestOf } from "../../../servers/service/keys.ts";
import { type Published, Switchboard } from "../../../servers/service/switchboard.ts";

const newSwitchboard = () =>
  new Switchboard(new History({ events: 10, bytes: 10_000 }), () => 1_700_000_000_000);

describe("Switchboard", () => {
  it("numbers events from 1 and keeps them in their form", () => {
    const switchboard = newSwitchboard();
    expect(switchboard.publish({ type: "hook.a", data: { x: 1 } })).toBe(1);
    expect(switchboard.publish({ type: "hook.b", data: null })).toBe(2);
    expect(switchboard.history.read(0, 10_000).events.map(String)).toEqual([
      '{"id":1,"type":"hook.a","at":1700000000000,"data":{"x":1}}',
      '{"id":2,"type":"hook.b","at":1700000000000,"data":null}',
    ]);
  });

  it("hands each event to every listener before it gives the number", () => {
    const switchboard = newSwitchboard();
    const heard: Published[] = [];
    const stop = switchboard.listen((event) => {
      expect(switchboard.history.last).toBe(event.id);
      heard.push(event);
    });
    switchboard.listen((event) => heard.push(event));
    switchboard.publish({ type: "hook.a", data: 1 });
    expect(heard.map(({ id }) => id)).toEqual([1, 1]);
    expect(heard[0]?.json).toBe(heard[1]?.json);
    stop();
    switchboard.publish({ type: "hook.a", data: 2 });
    expect(heard.map(({ id }) => id)).toEqual([1, 1, 2]);
  });

  it("publishes a key once, and gives the number that its event got", () => {
    const switchboard = newSwitchboard();
    const heard: number[] = [];
    switchboard.listen(({ id }) => heard.push(id));
    const publish = (key?: string) =>
      switchboard.publish({ type: "hook.a", data: key, ...(key ? { key } : {}) });
    expect([publish("a"), publish(), publish("b"), publish("a"), publish(), publish("b")]).toEqual([
      1, 2, 3, 1, 4, 3,
    ]);
    expect(heard).toEqual([1, 2, 3, 4]);
    expect(String(switchboard.history.read(0, 1).events)).toBe(
      '{"id":1,"type":"hook.a","at":1700000000000,"data":"a"}',
    );
  });

  it("forgets no sender's key for those that anyone may choose, nor the other way round", () => {
    const history = new History({ events: 10, bytes: 10_000 });
    const switchboard = new Switchboard(history, Date.now, createKeyRings(3));
    const publish = (key: string) => switchboard.publish({ type: "hook.a", data: 1, key });
    const publishOfAnyone = (key: string) =>
      switchboard.publish({ type: "hook.a", data: 1, key, keyOf: "anyone" });
    expect([publish("a"), publishOfAnyone("a")]).toEqual([1, 2]);
    for (const key of ["b", "c", "d"]) publishOfAnyone(key);
    expect([publish("a"), publishOfAnyone("d"), publishOfAnyone("a")]).toEqual([1, 5, 6]);
  });

  it("numbers, hears and remembers nothing of an event that the journal cannot keep", () => {
    const history = new History({ events: 10, bytes: 10_000 });
    const keys = createKeyRings(10);
    const switchboard = new Switchboard(history, Date.now, keys, new Journal("/there/is/no/such/folder"));
    switchboard.listen(() => expect.unreachable());
    expect(() => switchboard.publish({ type: "hook.a", data: 1, key: "a" })).toThrow(
      /^expected a file of events in .*, got "ENOENT/,
    );
    expect([history.last, keys.sender.find(digestOf("a"))]).toEqual([0, undefined]);
  });

  it("numbers and hears nothing of an event that cannot be written as JSON", () => {
    const switchboard = newSwitchboard();
    switchboard.listen(() => expect.unreachable());
    const circular: { self?: unknown } = {};
    circular.self = circular;
    expect(() => switchboard.publish({ type: "hook.a", data: circular })).toThrow(TypeError);
    expect(switchboard.history.last).toBe(0);
  });
});

describe("encodeEvent", () => {
  it("writes lone surrogates as escapes, so that the bytes are UTF-8", () => {
    const json = encodeEvent(1, 2, { type: "hook.a", data: "\ud800 é" });
    expect(json.toString()).toBe('{"id":1,"type":"hook.a","at":2,"data":"\\ud800 é"}');
  });
});
