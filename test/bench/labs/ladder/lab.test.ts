import { beforeAll, describe, expect, it } from "vitest";
import lab from "../../../../bench/labs/ladder/lab.ts";
import { rungs } from "../../../../bench/labs/ladder/rungs.ts";
import type { Outcome } from "../../../../bench/result.ts";
import { smokeTrials } from "../smoke-trial.ts";

describe("the ladder", () => {
  let outcomes: ReadonlyMap<string, Outcome>;
  beforeAll(async () => {
    outcomes = await smokeTrials(lab);
  }, 60_000);

  const nsOf = (arm: string) => {
    const outcome = outcomes.get(arm);
    return outcome?.state === "completed" ? (outcome.figures.medianNs ?? Number.NaN) : Number.NaN;
  };

  it.each(rungs)(
    "has the rung $name, with what the talk says of it, or says why not",
    ({ name, talkCycles }) => {
      const outcome = outcomes.get(name);
      const mayBeExempt = name === "disk" || name === "l3";
      if (mayBeExempt && outcome?.state === "exempt") return expect(outcome.reason).not.toBe("");
      expect(outcome).toMatchObject({ state: "completed", figures: { medianNs: expect.any(Number) } });
      if (outcome?.state === "completed") expect(outcome.figures.talkCycles).toBe(talkCycles);
    },
  );

  it("goes up from the first cache to memory, another process and the relay's 80 ms", () => {
    expect(nsOf("ram")).toBeGreaterThan(2 * nsOf("l1"));
    expect(nsOf("loopback")).toBeGreaterThan(nsOf("ram"));
    expect(nsOf("network")).toBeGreaterThanOrEqual(80e6);
  });
});
