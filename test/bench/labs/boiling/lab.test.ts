import { expect, it } from "vitest";
import boiling from "../../../../bench/labs/boiling/lab.ts";
import { runLabTrial } from "../../../../bench/labs/run-lab-trial.ts";
import { profileNames } from "../../../../bench/profiles.ts";
import { smokeOptions, smokeOrder, smokeTrial } from "../smoke-trial.ts";

it.each(profileNames)("asks every way at the point with the most events an interval: %s", (profile) => {
  const cells = boiling.cells({ ...smokeOptions(), profile });
  const perInterval = ({ eventsPerSecond = 0, pollMs = 0 }) => (eventsPerSecond * pollMs) / 1_000;
  const most = Math.max(...cells.map(({ point }) => perInterval(point)));
  const arms = cells.filter(({ point }) => perInterval(point) === most).map(({ arm }) => arm);
  expect(arms).toEqual(["polling", "comet", "streaming", "ws"]);
});

const point = { eventsPerSecond: 200, pollMs: 5 };

it.each(["polling", "comet", "streaming", "ws"])("accounts for what comes by %s", async (arm) => {
  const { figures, errors } = await smokeTrial(boiling, { arm, point });
  expect(errors).toMatchObject({ missing: 0, repeated: 0, ended: 0, publish: 0 });
  const { answers = 0, emptyPolls = 0, events = 0 } = figures;
  if (arm === "polling") {
    // No more of them hold something than there are deliveries to its two subscribers.
    expect(answers - emptyPolls).toBeLessThanOrEqual(2 * events);
  } else {
    // Who is pushed to asks for nothing; who holds a request, for one event or more at a time.
    expect(answers).toBeLessThanOrEqual(arm === "comet" ? 2 * events : 0);
    expect(figures).not.toHaveProperty("wastedPercent");
  }
});

it("leaves nothing behind that fails when it is ended while events come", async () => {
  const interrupt = new AbortController();
  const given = await smokeOrder();
  let readings = 0;
  // Two are of the webhooks alone; the third begins the counting.
  const loopback = () => {
    readings++;
    if (readings === 3) interrupt.abort();
    return undefined;
  };
  const probes: typeof given.probes = Object.create(given.probes, { loopback: { value: loopback } });
  const outcome = await runLabTrial(
    boiling,
    { arm: "polling", point },
    { ...given, probes, signal: interrupt.signal },
  );
  expect(outcome).toMatchObject({ state: "failed", message: "the trial was ended" });
});
