import { describe, expect, test } from "vitest";
import { claims } from "../../../bench/claims/index.ts";
import { whyUnfit } from "../../../bench/report/reference.ts";
import type { Run } from "../../../bench/result.ts";
import { failedCalibration } from "../fixtures/calibrations.ts";
import { inventedRun } from "../fixtures/run.ts";

/** A run that has everything, as far as names go. */
function fitRun(): Run {
  const run = inventedRun({ blocks: 1 });
  const names = new Set(claims.flatMap(({ scenarios }) => scenarios));
  const [some] = run.scenarios;
  if (some === undefined) throw new Error("expected a scenario, got none");
  return {
    ...run,
    options: { ...run.options, profile: "standard" },
    environment: { ...run.environment, commit: "0123456" },
    scenarios: [...names].map((name) => ({ ...some, name })),
  };
}

describe("the reference", () => {
  test("may be a complete, calibrated run of all that claims take, made from a commit", () => {
    expect(whyUnfit(fitRun())).toBeUndefined();
  });

  test.each<[string, (run: Run) => Run, string]>([
    ["an incomplete run", (run) => ({ ...run, complete: false }), "which was interrupted"],
    ["an uncalibrated one", (run) => ({ ...run, calibrations: [failedCalibration] }), "a check was off"],
    ["another profile", (run) => ({ ...run, options: { profile: "quick" } }), "the profile quick"],
    [
      "one of a changed work tree",
      (run) => ({ ...run, environment: { ...run.environment, commit: "0123456+" } }),
      "0123456+",
    ],
    [
      "one of no commit",
      ({ environment: { commit: _, ...environment }, ...run }) => ({ ...run, environment }),
      "outside of a checkout",
    ],
    ["one without a server", (run) => ({ ...run, servers: run.servers.slice(1) }), "none of polling"],
    [
      "one without a scenario",
      (run) => ({ ...run, scenarios: run.scenarios.filter(({ name }) => name !== "delivery") }),
      "none of delivery",
    ],
  ])("is not %s", (_, change, got) => {
    expect(whyUnfit(change(fitRun()))?.got).toContain(got);
  });
});
