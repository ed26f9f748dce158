import { beforeAll, describe, expect, it } from "vitest";
import lab from "../../../../bench/labs/threads/lab.ts";
import { compileNative } from "../../../../bench/labs/threads/native-programs.ts";
import type { Outcome } from "../../../../bench/result.ts";
import { noErrors } from "../../fixtures/one-cell.ts";
import { smokeTrials } from "../smoke-trial.ts";

const compiled = await compileNative("threads");

describe("the lab threads", () => {
  let outcomes: ReadonlyMap<string, Outcome>;
  beforeAll(async () => {
    outcomes = await smokeTrials(lab);
  }, 60_000);

  it.each(lab.arms)("has of $name what it was asked to hold, and serves it", ({ name }) => {
    const outcome = outcomes.get(name);
    if ("exempt" in compiled && name.startsWith("native"))
      return expect(outcome).toEqual({ state: "exempt", reason: compiled.exempt });
    if (outcome?.state !== "completed")
      throw new Error(`expected ${name} to complete, got ${JSON.stringify(outcome)}`);
    const { figures, errors } = outcome;
    expect(figures.held).toBe(name.startsWith("native") || !/threads|isolate/.test(name) ? 20 : 2);
    expect(errors).toEqual(noErrors);
    if (name.endsWith("alone")) return expect(figures.startUsEach).toBeGreaterThan(0);
    expect(figures.medianMs).toBeGreaterThan(0);
    expect(figures.lastMs).toBeGreaterThanOrEqual(figures.medianMs ?? Number.NaN);
    // Where the system tells: a thread for each connection, and every delivery wakes one.
    if (figures.threads === undefined || !name.includes("threads")) return;
    expect(figures.threads).toBeGreaterThan(figures.held ?? Number.NaN);
    expect(figures.switchesPerDelivery).toBeGreaterThan(0.5);
  });
});
