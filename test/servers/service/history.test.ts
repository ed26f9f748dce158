import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../bench/stats/random.ts";
import { History, type Page } from "../../../servers/service/history.ts";

const text = (page: Page) => page.events.map(String);

function historyOf(limits: { events: number; bytes: number }, events: readonly string[]): History {
  const history = new History(limits);
  for (const event of events) history.append(Buffer.from(event));
  return history;
}

describe("History", () => {
  it("is empty at first", () => {
    const history = new History({ events: 3, bytes: 10 });
    expect([history.first, history.last, history.totalBytes]).toEqual([1, 0, 0]);
    expect(history.read(0, 100)).toEqual({ first: 1, events: [], cursor: 0, last: 0 });
  });

  it("names the gap of a cursor that an empty history never gave out", () => {
    const page = new History({ events: 3, bytes: 10 }).read(7, 100);
    expect(page).toEqual({ first: 1, events: [], cursor: 0, last: 0, gap: { after: 7, next: 1 } });
  });

  it("goes on after the events that another had, as if it had dropped them", () => {
    const history = new History({ events: 2, bytes: 10 });
    history.startAfter(7);
    expect([history.first, history.last]).toEqual([8, 7]);
    expect(history.read(7, 100)).toEqual({ first: 8, events: [], cursor: 7, last: 7 });
    expect(history.read(3, 100).gap).toEqual({ after: 3, next: 8 });
    for (const event of ["a", "b", "c"]) history.append(Buffer.from(event));
    expect([history.first, history.last, text(history.read(8, 100))]).toEqual([9, 10, ["b", "c"]]);
    expect(() => history.startAfter(12)).toThrow("expected an empty history, got one with 10 events");
  });

  it("drops the oldest event when it has as many as it may", () => {
    const history = historyOf({ events: 3, bytes: 100 }, ["a", "b", "c", "d"]);
    expect([history.first, history.last]).toEqual([2, 4]);
    expect(text(history.read(1, 100))).toEqual(["b", "c", "d"]);
  });

  it("drops as many of the oldest events as the place of a new one needs", () => {
    const history = historyOf({ events: 100, bytes: 10 }, ["aaa", "bbb", "ccc", "dddd"]);
    // The fourth does not fit behind the third, and takes the place of the first two.
    expect([history.first, history.last, history.totalBytes]).toEqual([3, 4, 13]);
    expect(text(history.read(2, 100))).toEqual(["ccc", "dddd"]);
  });

  it("takes an event as large as itself, and nothing beside it", () => {
    const history = historyOf({ events: 100, bytes: 10 }, ["aaa", "x".repeat(10)]);
    expect([history.first, history.last]).toEqual([2, 2]);
    expect(text(history.read(1, 100))).toEqual(["x".repeat(10)]);
  });

  it("refuses an event larger than itself, and keeps what it has", () => {
    const history = historyOf({ events: 100, bytes: 10 }, ["aaa"]);
    expect(() => history.append(Buffer.alloc(11))).toThrow("expected an event of at most 10 bytes, got 11");
    expect(text(history.read(0, 100))).toEqual(["aaa"]);
  });

  it.each([
    { after: 1, gap: { after: 1, next: 3 }, events: ["c", "d", "e"] },
    { after: 2, gap: undefined, events: ["c", "d", "e"] },
    { after: 4, gap: undefined, events: ["e"] },
    { after: 5, gap: undefined, events: [] },
    { after: 6, gap: { after: 6, next: 3 }, events: ["c", "d", "e"] },
  ])("reads after the cursor $after", ({ after, gap, events }) => {
    const page = historyOf({ events: 3, bytes: 100 }, ["a", "b", "c", "d", "e"]).read(after, 100);
    expect(page.gap).toEqual(gap);
    expect(text(page)).toEqual(events);
    expect([page.cursor, page.last]).toEqual([5, 5]);
  });

  it("fills a page up to its limit, and gives at least one event", () => {
    const history = historyOf({ events: 9, bytes: 100 }, ["aaaa", "bb", "cc", "d"]);
    expect(history.read(0, 8)).toMatchObject({ first: 1, cursor: 3, last: 4 });
    expect(text(history.read(0, 7))).toEqual(["aaaa", "bb"]);
    expect(text(history.read(0, 1))).toEqual(["aaaa"]);
    expect(text(history.read(3, 1))).toEqual(["d"]);
  });

  it("gives copies, which later events do not change", () => {
    const history = historyOf({ events: 2, bytes: 4 }, ["aa", "bb"]);
    const page = history.read(0, 100);
    history.append(Buffer.from("cc"));
    expect(text(page)).toEqual(["aa", "bb"]);
  });

  it("is the same history through another view of its memory", () => {
    const limits = { events: 3, bytes: 20 };
    const memory = new SharedArrayBuffer(History.memoryBytes(limits));
    const writer = new History(limits, memory);
    for (const event of ["a", "bb", "ccc", "dddd"]) writer.append(Buffer.from(event));
    const reader = new History(limits, memory);
    expect(reader.read(0, 100)).toEqual(writer.read(0, 100));
    expect(text(reader.read(1, 100))).toEqual(["bb", "ccc", "dddd"]);
  });

  it.each(Array.from({ length: 40 }, (_, seed) => seed))("agrees with a list of events (seed %i)", (seed) => {
    const random = seededRandom(seed);
    const upTo = (most: number) => 1 + Math.floor(random() * most);
    const limits = { events: upTo(12), bytes: 8 + upTo(80) };
    const history = new History(limits);
    const all: string[] = [];
    for (let step = 0; step < 300; step++) {
      const event = String.fromCharCode(97 + (step % 26)).repeat(upTo(limits.bytes / upTo(8)));
      all.push(event);
      history.append(Buffer.from(event));
      expect(history.last).toBe(all.length);
      expect(history.totalBytes).toBe(all.join("").length);
      const kept = all.slice(history.first - 1);
      // It keeps what fits, and may waste only the end of its ring, where an event would have been cut in two.
      expect(kept.length).toBeLessThanOrEqual(limits.events);
      expect(kept.join("").length).toBeLessThanOrEqual(limits.bytes);
      expect(kept.length).toBeGreaterThan(0);
      if (history.first > 1 && kept.length < limits.events) {
        const largest = Math.max(...kept.map((one) => one.length), all[history.first - 2]?.length ?? 0);
        expect(kept.join("").length + 2 * largest).toBeGreaterThan(limits.bytes - largest);
      }
      const after = Math.floor(random() * (all.length + 3));
      const page = history.read(after, upTo(100));
      const honoured = after >= history.first - 1 && after <= all.length;
      expect(page.gap).toEqual(honoured ? undefined : { after, next: history.first });
      const from = honoured ? after : history.first - 1;
      expect(page.first).toBe(from + 1);
      expect(text(page)).toEqual(all.slice(from, page.cursor));
    }
  });
});
