import { describe, expect, it } from "vitest";
import { figuresOf, type Measured } from "../../../../bench/labs/boiling/figures.ts";
import { emptyShare, meanAgeMs, pollsPerEvent } from "../../../../bench/labs/boiling/theory.ts";

/** Two subscribers for a second, 10 ms an interval: 200 polls were due. */
const measured = {
  subscribers: 2,
  pollMs: 10,
  loopback: { bytes: 50_000, packets: 500 },
  ofWebhook: { bytes: 800, packets: 2 },
  serverCpuMs: 20,
  received: {
    ...{ answers: 200, empty: 180, deliveries: 20, stalenessMs: Array.from({ length: 20 }, () => 6) },
    ...{ missing: 0, repeated: 0, endings: [], bytesIn: 40_000, bytesOut: 20_000 },
    ...{ windowMs: 1_000, utilisation: 0.1 },
  },
} satisfies Measured;

describe("theory", () => {
  // One event a minute asked for every second; the kettle of eleven questions; as many events as polls.
  it.each([
    [1 / 60, 0.98347, 60],
    [1 / 11, 0.9131, 11],
    [1, 0.36788, 1],
    [20, 2.06e-9, 0.05],
  ])("of %d events an interval", (events, share, polls) => {
    expect(emptyShare(events)).toBeCloseTo(share, 4);
    expect(pollsPerEvent(events)).toBeCloseTo(polls, 9);
    expect(meanAgeMs(events)).toBe(events / 2);
  });
});

describe("the figures of a trial", () => {
  it("stand beside theory, asked about as many events as came", () => {
    const { figures, notes } = figuresOf(measured);
    expect(notes).toEqual([]);
    expect(figures).toMatchObject({
      events: 10,
      eventsPerInterval: 0.1,
      wastedPercent: 90,
      wastedTheoryPercent: expect.closeTo(90.484, 3),
      wastedOffPercent: expect.closeTo(0.484, 3),
      requestsPerEvent: 10,
      requestsTheoryPerEvent: 10,
      stalenessMs: 6,
      stalenessTheoryMs: 5,
      bytesPerEvent: 3_000,
      ipBytesPerEvent: 2_100,
      packetsPerEvent: 24,
      serverCpuPerEventUs: 2_000,
    });
  });

  it("have no theory beside them where too few polls could be asked", () => {
    // Half of the polls were not asked, and one event came an interval: theory would be off by 23 points.
    const received = { ...measured.received, answers: 100, empty: 14, deliveries: 200 };
    const { figures, notes } = figuresOf({ ...measured, received });
    expect(figures).toMatchObject({ askedPercent: 50, wastedPercent: expect.closeTo(14) });
    expect(figures).not.toHaveProperty("wastedOffPercent");
    expect(notes).toEqual([expect.stringContaining("only 50 % of the polls")]);
  });

  it("say nothing of an event where none came", () => {
    const received = { ...measured.received, empty: 200, deliveries: 0, stalenessMs: [] };
    const { figures } = figuresOf({ ...measured, received });
    expect(figures).toMatchObject({ wastedPercent: 100, wastedTheoryPercent: 100, wastedOffPercent: 0 });
    for (const figure of ["requestsPerEvent", "stalenessMs", "ipBytesPerEvent", "serverCpuPerEventUs"])
      expect(figures[figure]).toBeUndefined();
  });

  it("are without polls where subscribers are pushed to, and without packets where nobody tells", () => {
    const received = { ...measured.received, answers: 0, empty: 0 };
    const { figures } = figuresOf({ ...measured, received, pollMs: undefined, loopback: undefined });
    expect(figures).not.toHaveProperty("wastedPercent");
    expect(figures).toMatchObject({ requestsPerEvent: 0, bytesPerEvent: 3_000, ipBytesPerEvent: undefined });
  });
});
