import { describe, expect, it } from "vitest";
import { Clock } from "../../servers/dashboard/clock.js";
import {
  formatAgo,
  formatGap,
  formatJson,
  formatMs,
  formatPhone,
  formatType,
} from "../../servers/dashboard/format.js";
import { percentile, Recent, ticks } from "../../servers/dashboard/latency.js";
import { lengthOf, Races, startOf } from "../../servers/dashboard/race.js";

describe("percentiles by nearest rank", () => {
  it.each([
    [[], 50, undefined],
    [[7], 99, 7],
    [[3, 1, 2], 50, 2],
    [[4, 3, 2, 1], 50, 2],
    [[1, 2, 3, 4, 5], 99, 5],
    [Array.from({ length: 100 }, (_, index) => index + 1), 99, 99],
  ])("of %j, %d %%, is %s", (values, percent, expected) => {
    expect(percentile(values, percent)).toBe(expected);
  });

  it("are of the last values only", () => {
    const recent = new Recent(3);
    for (const value of [100, 1, 2, 3]) recent.add(value);
    expect([recent.median, recent.p99]).toEqual([2, 3]);
  });
});

it.each([
  [0, [0, 0.2, 0.4, 0.6, 0.8, 1]],
  [11, [0, 5, 10, 15]],
  [80, [0, 20, 40, 60, 80]],
  [930, [0, 200, 400, 600, 800, 1_000]],
])("an axis to %d has lines at %j", (max, lines) => {
  expect(ticks(max)).toEqual(lines);
});

describe("the server's clock", () => {
  it("is known by the shortest round trip, to within half of it and what the server rounds off", () => {
    const clock = new Clock();
    expect(clock.offset.uncertaintyMs).toBe(Number.POSITIVE_INFINITY);
    clock.take({ sentMs: 1_000, receivedMs: 1_100, serverMs: 6_090 });
    clock.take({ sentMs: 2_000, receivedMs: 2_004, serverMs: 7_002 });
    clock.take({ sentMs: 3_000, receivedMs: 3_040, serverMs: 8_000 });
    expect(clock.offset).toEqual({ ms: 5_000, uncertaintyMs: 3 });
    expect(clock.latencyMs(9_000, 4_020)).toBe(20);
  });

  it("lets no event arrive before it was accepted", () => {
    expect(new Clock().latencyMs(1_001, 1_000)).toBe(0);
  });

  it("forgets what it knew long ago", () => {
    const clock = new Clock();
    clock.take({ sentMs: 0, receivedMs: 0, serverMs: 100 });
    for (let at = 0; at < 16; at++) clock.take({ sentMs: at, receivedMs: at + 2, serverMs: at + 201 });
    expect(clock.offset.ms).toBe(200);
  });
});

describe("a race", () => {
  const data = { hello: "world" };
  const event = (id: number, type = "hook.test") => ({ id, type, at: 0, data });

  it("is one webhook, whatever number each server gave it", () => {
    const races = new Races();
    races.take("ws", event(1), 1_000, 1_002);
    races.take("polling", event(7), 1_001, 1_700);
    expect(races.list).toHaveLength(1);
    const [race] = races.list;
    expect(race && [startOf(race), lengthOf(race), [...race.runners.keys()]]).toEqual([
      1_000,
      700,
      ["ws", "polling"],
    ]);
  });

  it("is another when the same server tells of the same again, in its order", () => {
    const races = new Races();
    races.take("ws", event(1), 1_000, 1_002);
    races.take("ws", event(2), 1_100, 1_102);
    races.take("polling", event(1), 1_001, 1_900);
    races.take("polling", event(2), 1_101, 1_900);
    expect(races.list.map(({ runners }) => runners.get("polling")?.acceptedMs)).toEqual([1_101, 1_001]);
  });

  it("is another when the content or the time differs", () => {
    const races = new Races();
    races.take("ws", event(1), 1_000, 1_002);
    races.take("polling", event(1, "hook.other"), 1_000, 1_002);
    races.take("comet", event(1), 20_000, 20_002);
    expect(races.list).toHaveLength(3);
  });
});

describe("what people read", () => {
  it("has as many digits as mean something", () => {
    expect([0.04, 9.94, 10, 849.5, 12_345].map(formatMs)).toEqual([
      "0.0 ms",
      "9.9 ms",
      "10 ms",
      "850 ms",
      "12.3 s",
    ]);
    expect([-5, 4_999, 59_000, 60_000, 3_600_000, 172_800_000].map(formatAgo)).toEqual([
      "just now",
      "just now",
      "59 s ago",
      "1 min ago",
      "1 h ago",
      "2 days ago",
    ]);
  });

  it("groups the digits of a number it knows, and leaves others", () => {
    expect(["+14158675309", "+4930901820", "client:ada"].map(formatPhone)).toEqual([
      "+1 415 867 5309",
      "+4930901820",
      "client:ada",
    ]);
  });

  it("names the state that a call has come to", () => {
    expect(formatType({ type: "call.status", data: { status: "completed" } })).toBe("call.status completed");
    expect(formatType({ type: "call.status", data: null })).toBe("call.status");
    expect(formatType({ type: "hook.test", data: { status: "completed" } })).toBe("hook.test");
  });

  it("is one line of JSON, cut short", () => {
    expect(formatJson({ a: [1, 2] }, 20)).toBe('{"a":[1,2]}');
    expect(formatJson("x".repeat(50), 10)).toBe('"xxxxxxxx…');
    expect(formatJson(undefined, 10)).toBe("");
  });

  it("says which events a gap has lost", () => {
    expect(formatGap({ after: 3, next: 9 })).toMatch(/^Events 4 to 8 are not to be had/);
    expect(formatGap({ after: 3, next: 5 })).toMatch(/^Event 4 is not to be had/);
    expect(formatGap({ after: 40, next: 1 })).toMatch(/begun anew: its numbers start again at 1/);
  });
});
