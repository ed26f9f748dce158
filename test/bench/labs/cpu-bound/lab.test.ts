import { expect, it } from "vitest";
import cpuBound from "../../../../bench/labs/cpu-bound/lab.ts";
import { cellOf, smokeTrial } from "../smoke-trial.ts";

it("the lab cpu-bound measures light requests beside a computation in every arm", async () => {
  for (const { name } of cpuBound.arms) {
    const { figures } = await smokeTrial(cpuBound, cellOf(cpuBound, name));
    const { p50Ms = 0, maxMs = 0, heavyMs = 0, calmMaxMs = 0 } = figures;
    expect(Math.min(p50Ms, heavyMs, calmMaxMs), name).toBeGreaterThan(0);
    expect(maxMs, name).toBeGreaterThanOrEqual(p50Ms);
    // The request that was due right after the computation began has waited for most of it.
    if (name === "on-the-loop") expect(maxMs).toBeGreaterThan(heavyMs / 2);
  }
});
