import { expect, it } from "vitest";
import { networks } from "../../../bench/network/networks.ts";
import { projectFolder } from "../../../cli/project.ts";

/** The compiled code: what it starts are processes of compiled code. */
const compiled = new URL("dist/bench/calibration/calibrate.js", projectFolder);
const { calibrate }: typeof import("../../../bench/calibration/calibrate.ts") = await import(compiled.href);

const order = {
  cores: { description: "no core in particular: other tests run beside this one" },
  coreSpeed: { server: 1, load: 1 },
  calibrationMs: 1_800,
  network: networks.loopback,
};

it("measures what the reference server is known to do", async () => {
  const { checks, durationMs } = await calibrate({ ...order, signal: new AbortController().signal });
  expect(durationMs).toBeGreaterThan(order.calibrationMs);
  expect(checks.map(({ unit }) => unit)).toEqual([
    "ms",
    "count",
    "ms",
    "count",
    "ms",
    "ms",
    "count",
    "bytes",
    "bytes",
  ]);
  expect(new Set(checks.map(({ name }) => name)).size).toBe(checks.length);
  // Counts and bytes are exact under any load. Times are late under that of other tests, and never early beyond the rule.
  for (const { unit, expected, measured, allowed, passed } of checks) {
    if (unit !== "ms") expect(passed).toBe(true);
    else expect(measured).toBeGreaterThanOrEqual(expected - allowed);
  }
  // A tenth of 1.2 s: no percentile is of any use that does not show it.
  const stalled = checks.filter(({ name }) => name.includes("p99"));
  for (const { expected } of stalled) expect(expected).toBeGreaterThan(60);
});

it("measures the relay where a run has one", async () => {
  const { network, checks } = await calibrate({
    ...order,
    network: networks.lan,
    signal: new AbortController().signal,
  });
  const { roundTripMs } = networks.lan.link;
  expect(network?.samples).toBeGreaterThanOrEqual(300);
  expect(network?.medianMs).toBeGreaterThanOrEqual(roundTripMs);
  expect(network?.p99Ms).toBeGreaterThanOrEqual(network?.medianMs ?? 0);
  const roundTrip = checks.find(({ name }) => name.includes("relay"));
  expect(roundTrip).toMatchObject({ expected: roundTripMs, measured: network?.medianMs });
});

it("ends every process at once when it is told to", async () => {
  const stop = new AbortController();
  const calibrating = calibrate({ ...order, signal: stop.signal });
  stop.abort();
  await expect(calibrating).rejects.toThrow("ended with SIGKILL");
});
