import { expect, it } from "vitest";
import { failureTexts } from "../../../bench/calibration/failure-texts.ts";
import { withinRule } from "../../../bench/calibration/within-rule.ts";

const calibrationOf = (...checks: ReturnType<typeof withinRule>[]) => ({
  startedAt: "2026-01-01T00:00:00.000Z",
  durationMs: 6_600,
  checks,
  coreSpeed: { server: 1, load: 1 },
});

it("says which check was off, and by how much", () => {
  const calibration = calibrationOf(
    withinRule({ name: "median latency", unit: "ms", expected: 20.02, measured: 21.4 }),
    withinRule({ name: "events delivered", unit: "count", expected: 500, measured: 499 }),
    withinRule({ name: "bytes received", unit: "bytes", expected: 100, measured: 100 }),
  );
  expect(failureTexts(calibration)).toEqual([
    "not calibrated: median latency: expected 20.02 ms, measured 21.40 ms: off by 1.38 ms, allowed are 0.70 ms",
    "not calibrated: events delivered: expected 500, measured 499: off by 1, allowed are 0",
  ]);
});
