import { describe, expect, it } from "vitest";
import { TimeLeft, type Work } from "../../../bench/run/time-left.ts";

const work = (kind: string, trafficMs: number, overheadMs: number): Work => ({ kind, trafficMs, overheadMs });

describe("TimeLeft", () => {
  it("takes what is expected while nothing was seen", () => {
    expect(new TimeLeft().ofMs([work("a", 1_000, 400), work("b", 0, 50)])).toBe(1_450);
  });

  it("takes the overhead that its kind had, and only that from the time it took", () => {
    const left = new TimeLeft();
    left.done(work("a", 1_000, 400), 1_600);
    left.done(work("a", 1_000, 400), 1_800);
    // 700 ms on average, with other traffic.
    expect(left.ofMs([work("a", 5_000, 400)])).toBe(5_700);
  });

  it("takes any other kind to be as far from what was expected as all that were seen", () => {
    const left = new TimeLeft();
    left.done(work("a", 0, 100), 300);
    left.done(work("b", 0, 300), 500);
    // Seen 800 ms where 400 ms were expected.
    expect(left.ofMs([work("c", 10, 50)])).toBe(110);
  });

  it("lets a short trial of many not stand for the long ones", () => {
    const left = new TimeLeft();
    left.done(work("short", 10, 10), 20);
    expect(left.ofMs([work("long", 60_000, 10)])).toBe(60_010);
  });

  it("takes a piece to end as early as its like have, and no other", () => {
    const left = new TimeLeft();
    left.done(work("a", 1_000, 400), 300);
    expect(left.ofMs([work("a", 1_000, 400)])).toBe(300);
    expect(left.ofMs([work("b", 1_000, 400)])).toBe(1_000);
  });

  it("expects nothing more of nothing", () => {
    expect(new TimeLeft().ofMs([])).toBe(0);
  });
});
