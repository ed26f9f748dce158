import { beforeAll, describe, expect, it } from "vitest";
import { arms } from "../../../../bench/labs/museum/exhibits.ts";
import lab from "../../../../bench/labs/museum/lab.ts";
import type { Outcome } from "../../../../bench/result.ts";
import { smokeTrials } from "../smoke-trial.ts";

describe("the museum", () => {
  let outcomes: ReadonlyMap<string, Outcome>;
  beforeAll(async () => {
    outcomes = await smokeTrials(lab);
  }, 60_000);

  it.each(arms)("shows $name, or says why not", ({ name }) => {
    const outcome = outcomes.get(name);
    if (outcome?.state === "exempt") return expect(outcome.reason).toBe(`this machine has no ${name}`);
    if (outcome?.state !== "completed")
      throw new Error(`expected figures of ${name}, got ${outcome?.message}`);
    expect(outcome.figures.wallMs).toBeGreaterThan(0);
    expect(outcome.figures.count).toBeGreaterThan(0);
    // So few programs of Node.js may take less than the ticks of a server's children can tell.
    if (name === "cgi" && outcome.figures.cpuMs === undefined)
      expect(outcome.notes.join()).toContain("no CPU figures");
    else expect(outcome.figures.cpuMs).toBeGreaterThan(0);
    expect(outcome.errors).toMatchObject({ missing: 0, repeated: 0, publish: 0 });
  });

  it("a program of Node.js costs more than a function", () => {
    const cpuMs = ["node", "handler"].map((name) => {
      const outcome = outcomes.get(name);
      return outcome?.state === "completed" ? (outcome.figures.cpuMs ?? Number.NaN) : Number.NaN;
    });
    expect(cpuMs[0]).toBeGreaterThan(2 * (cpuMs[1] ?? Number.NaN));
  });
});
