import { expect, it } from "vitest";
import boiling from "../../../../bench/labs/boiling/lab.ts";
import { emptyShare } from "../../../../bench/labs/boiling/theory.ts";
import { profileNames } from "../../../../bench/profiles.ts";
import { smokeOptions, smokeTrial } from "../smoke-trial.ts";

it.each(profileNames)("asks every way at the point with the most events an interval: %s", (profile) => {
  const cells = boiling.cells({ ...smokeOptions, profile });
  const perInterval = ({ eventsPerSecond = 0, pollMs = 0 }) => (eventsPerSecond * pollMs) / 1_000;
  const most = Math.max(...cells.map(({ point }) => perInterval(point)));
  const arms = cells.filter(({ point }) => perInterval(point) === most).map(({ arm }) => arm);
  expect(arms).toEqual(["polling", "comet", "streaming", "ws"]);
});

const point = { eventsPerSecond: 200, pollMs: 5 };

it("counts polls, and those that find nothing, as theory has them", async () => {
  const { figures, errors } = await smokeTrial(boiling, { arm: "polling", point });
  const { answers = 0, emptyPolls = 0, events = 0, eventsPerInterval = 0 } = figures;
  expect(errors).toMatchObject({ missing: 0, repeated: 0, ended: 0, publish: 0 });
  expect(answers).toBeGreaterThan(0);
  expect(emptyPolls).toBeLessThanOrEqual(answers);
  // No more polls hold something than there are deliveries.
  expect(answers - emptyPolls).toBeLessThanOrEqual(2 * events);
  expect(emptyShare(eventsPerInterval)).toBeLessThan(1);
});

it.each(["comet", "streaming", "ws"])("delivers by %s, which asks at most once an event", async (arm) => {
  const { figures, errors } = await smokeTrial(boiling, { arm, point });
  expect(errors).toMatchObject({ missing: 0, repeated: 0, ended: 0, publish: 0 });
  expect(figures.events).toBeGreaterThan(0);
  // One answer may have begun to wait before counting began.
  expect(figures.answers).toBeLessThanOrEqual(arm === "comet" ? 2 * (figures.events ?? 0) : 0);
  expect(figures).not.toHaveProperty("wastedPercent");
});
