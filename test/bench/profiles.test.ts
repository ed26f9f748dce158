import { readFile } from "node:fs/promises";
import { expect, it } from "vitest";
import { arrivalOffsetsMs } from "../../bench/load/arrivals.ts";
import { randomMomentMs } from "../../bench/load/random-moment.ts";
import { createBenchCommand } from "../../bench/options.ts";
import { type ProfileName, profileNames, profiles } from "../../bench/profiles.ts";
import { durationOf, expectedTime } from "../../bench/run/expected-time.ts";
import { runOptionsOf } from "../../bench/run/options.ts";
import { planOf } from "../../bench/run/session.ts";
import browser from "../../bench/scenarios/browser.ts";
import { samplesFor } from "../../bench/stats/enough-samples.ts";

/** What all trials of the profile, with all servers, are expected to take where overheads are so many times larger. */
async function expectedSeconds(profile: ProfileName, slowness: number): Promise<number> {
  const options = runOptionsOf(createBenchCommand().parse(["--profile", profile], { from: "user" }).opts());
  const { plan } = await planOf(options);
  const work = plan.map((planned) => expectedTime(planned, options));
  return work.reduce((sum, { trafficMs, overheadMs }) => sum + trafficMs + slowness * overheadMs, 0) / 1_000;
}

it.each([
  // Of a minute and a half with the build, the report and a calibration of 3 s.
  ["smoke", 1, 20, 95],
  // Of 5 minutes with a calibration of 10 s; where all is slower, somewhat more. A run takes a sixth less than expected.
  ["quick", 1, 120, 315],
  ["quick", 1.5, 120, 425],
  // Less than an hour, as a run takes a sixth less than expected.
  ["standard", 1, 25 * 60, 67 * 60],
  ["full", 1, 2 * 60 * 60, 8 * 60 * 60],
] as const)("%s, overheads times %d, takes from %d s to %d s", async (profile, slowness, atLeast, atMost) => {
  const seconds = await expectedSeconds(profile, slowness);
  expect(seconds).toBeGreaterThanOrEqual(atLeast);
  expect(seconds).toBeLessThanOrEqual(atMost);
});

it("repeats every cell at least six times where intervals are wanted", () => {
  expect(profiles.standard.blocks).toBeGreaterThanOrEqual(6);
  expect(profiles.full.blocks).toBeGreaterThanOrEqual(6);
});

it("sends a page in a browser enough webhooks for a median in each trial, and where intervals are wanted for a p99", () => {
  const webhooks = (name: ProfileName) =>
    (profiles[name].browserEventsPerSecond * profiles[name].browserMs) / 1_000;
  expect(webhooks("quick")).toBeGreaterThanOrEqual(samplesFor(50));
  expect(webhooks("standard")).toBeGreaterThanOrEqual(samplesFor(99));
  expect(webhooks("full")).toBeGreaterThanOrEqual(samplesFor(99));
});

it.each(["quick", "standard", "full"] as const)(
  "%s measures a page in a browser for whole intervals of one that polls, at any rate, and from a random moment of it",
  async (name) => {
    const polling = await readFile(
      new URL("../../servers/dashboard/connect/polling.js", import.meta.url),
      "utf8",
    );
    expect(polling).toContain("const pollMs = 1_000;");
    for (const eventsPerSecond of [profiles[name].browserEventsPerSecond, 7, 3]) {
      const load = browser.load({ eventsPerSecond }, profiles[name]);
      expect(durationOf(load.measure) % 1_000).toBe(0);
      expect(load).toMatchObject({ fromRandomMoment: true, ownPollMs: 1_000 });
      const moments = Array.from({ length: 20 }, (_, seed) => randomMomentMs(1_000, "polling", seed));
      expect(Math.max(...moments) - Math.min(...moments)).toBeGreaterThan(700);
      expect(Math.max(...moments)).toBeLessThan(1_000);
      expect(randomMomentMs(1_000, "ws", 1)).toBe(0);
    }
  },
);

it.each(profileNames.filter((name) => name !== "smoke"))(
  "%s sends enough webhooks for a p99 in each trial of delivery and of rates, for whole intervals of polling",
  (name) => {
    const { deliveryEventsPerSecond, deliveryMs, rates, ratesMs, pollMs } = profiles[name];
    expect(deliveryMs % pollMs).toBe(0);
    expect(ratesMs % pollMs).toBe(0);
    const sent = [
      [deliveryEventsPerSecond, deliveryMs] as const,
      ...rates.map((rate) => [rate, ratesMs] as const),
    ];
    for (const [perSecond, durationMs] of sent) {
      for (let seed = 1; seed <= 100; seed++) {
        const times = arrivalOffsetsMs({ kind: "poisson", seed }, perSecond, durationMs);
        expect(times.length).toBeGreaterThanOrEqual(samplesFor(99));
      }
    }
  },
);
