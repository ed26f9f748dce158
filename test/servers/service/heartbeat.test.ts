import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Heartbeat } from "../../../servers/service/heartbeat.ts";

const intervalMs = 16_000;

describe("Heartbeat", () => {
  const beats = new Map<number, number>();
  let heartbeat: Heartbeat<number>;

  beforeEach(() => {
    vi.useFakeTimers();
    beats.clear();
    heartbeat = new Heartbeat(intervalMs, (member) => beats.set(member, (beats.get(member) ?? 0) + 1));
  });
  afterEach(() => {
    heartbeat.stop();
    vi.useRealTimers();
  });
  const add = (count: number) => {
    for (let member = 0; member < count; member++) heartbeat.add(member);
  };

  it.each([1, 2, 3, 15, 16, 17, 100])("beats each of %i members once per interval", (members) => {
    add(members);
    vi.advanceTimersByTime(5 * intervalMs);
    expect([...beats.values()]).toEqual(Array(members).fill(5));
  });

  it("spreads the beats over the interval", () => {
    add(160);
    vi.advanceTimersByTime(intervalMs / 16);
    expect(beats.size).toBe(10);
  });

  it("does not beat a member that has gone, and goes on with the others", () => {
    add(16);
    vi.advanceTimersByTime(intervalMs / 2);
    for (let member = 1; member < 16; member++) heartbeat.delete(member);
    beats.clear();
    vi.advanceTimersByTime(3 * intervalMs);
    expect([...beats.keys()]).toEqual([0]);
    expect(beats.get(0)).toBe(3);
  });

  it("lets members leave while they are beaten", () => {
    heartbeat.stop();
    const members: number[] = [];
    heartbeat = new Heartbeat(intervalMs, (member) => {
      members.push(member);
      heartbeat.delete(member);
    });
    add(32);
    vi.advanceTimersByTime(9 * intervalMs);
    expect(members.sort((a, b) => a - b)).toEqual(Array.from({ length: 32 }, (_, member) => member));
  });

  it("stops", () => {
    add(16);
    heartbeat.stop();
    vi.advanceTimersByTime(3 * intervalMs);
    expect(beats.size).toBe(0);
  });
});
