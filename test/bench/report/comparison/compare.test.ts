import { describe, expect, test } from "vitest";
import { circumstancesOf } from "../../../../bench/report/comparison/circumstances.ts";
import { compareRuns } from "../../../../bench/report/comparison/compare.ts";
import { countsOf, differingFigures } from "../../../../bench/report/comparison/counts.ts";
import type { ComparedFigure } from "../../../../bench/report/comparison/figures.ts";
import { comparedVerdicts } from "../../../../bench/report/comparison/verdicts.ts";
import type { Run } from "../../../../bench/result.ts";
import { assertionOf, claimOf, estimateOf, verdictsOn } from "../../fixtures/claims.ts";
import { completedWith, runWith, trialWith } from "../../fixtures/one-cell.ts";
import { sittingOf } from "./two-runs.ts";

/** All invented runs here have their trials in this scenario. */
function ingestOf(a: Run, b: Run) {
  return compareRuns(a, b).scenarios.find(({ scenario }) => scenario.name === "ingest");
}

function figureOf(a: Run, b: Run, arm: string, figure: string): ComparedFigure | undefined {
  return ingestOf(a, b)?.figures.find((found) => found.arm === arm && found.column.figure === figure);
}

function countsFor(a: Run, b: Run) {
  return countsOf(compareRuns(a, b).scenarios.flatMap(({ figures }) => figures));
}

describe("the figures of two runs", () => {
  test("a planted difference of 20 % is found, with its direction, and nothing beside it beyond chance", () => {
    const planted = { ws: { perSecond: 1.2 }, tcp: { cpuPerEventUs: 1.2 } };
    const [a, b] = [sittingOf("a", 1), sittingOf("b", 2, { planted })];
    const more = figureOf(a, b, "ws", "perSecond");
    expect(more).toMatchObject({ word: "higher", reads: "better", role: "answer" });
    expect(more?.change.value).toBeCloseTo(1.2, 1);
    expect(more?.change.interval?.low).toBeLessThan(1.2);
    expect(more?.change.interval?.high).toBeGreaterThan(1.2);
    expect(figureOf(a, b, "tcp", "cpuPerEventUs")).toMatchObject({ word: "higher", reads: "worse" });
    expect(figureOf(a, b, "bare", "perSecond")?.word).toBe("no difference seen");
    const first = differingFigures(compareRuns(a, b)).slice(0, 2);
    expect(first.map(({ arm }) => arm).sort()).toEqual(["tcp", "ws"]);
    const { differ, mostByChance } = countsFor(a, b);
    expect(differ - 2).toBeLessThanOrEqual(mostByChance);
  });

  test("the same measured twice has no differences beyond chance", () => {
    for (let seed = 1; seed <= 10; seed++) {
      const { compared, differ, byChance, mostByChance } = countsFor(
        sittingOf("a", 2 * seed),
        sittingOf("b", 2 * seed + 1),
      );
      expect([compared, byChance, mostByChance]).toEqual([60, 3, 7]);
      expect(differ).toBeLessThanOrEqual(mostByChance);
    }
  });

  test("too few trials say nothing", () => {
    const [a, b] = [sittingOf("a", 1, { blocks: 3 }), sittingOf("b", 2, { planted: { ws: { p50Ms: 9 } } })];
    expect(figureOf(a, b, "ws", "p50Ms")).toMatchObject({ word: "too few trials" });
    expect(figureOf(a, b, "ws", "p50Ms")).not.toHaveProperty("reads");
    expect(countsFor(a, b)).toMatchObject({ compared: 0, differ: 0, tooFew: 60 });
  });

  test("what the generator may have decided, or faults, is higher or lower, and neither better nor worse", () => {
    const cell = (perSecond: number, generatorBound: boolean) =>
      runWith(
        Array.from({ length: 6 }, () =>
          trialWith(completedWith({ perSecond, serverBusyPercent: 99 }, { generatorBound })),
        ),
      );
    const found = figureOf(cell(100, false), cell(200, true), "ws", "perSecond");
    expect(found).toMatchObject({ word: "higher", marks: "†" });
    expect(found).not.toHaveProperty("reads");
  });

  test("clamped cells are compared at the point where they were measured, once", () => {
    const clamped = (target: number) =>
      runWith(
        Array.from({ length: 6 }, () => [
          trialWith(completedWith({ perSecond: 5 }), {
            arm: "cgi",
            point: { connections: target },
            clampedBecause: "each takes a process",
          }),
          ...[8, 16].map((connections) =>
            trialWith(completedWith({ perSecond: 100 }), { point: { connections } }),
          ),
        ]).flat(),
        ["ws", "cgi"],
      );
    const cgi = (a: Run, b: Run) => ingestOf(a, b)?.figures.filter(({ arm }) => arm === "cgi");
    expect(cgi(clamped(4), clamped(4))).toHaveLength(1);
    expect(cgi(clamped(4), clamped(5))).toEqual([]);
    const { apart } = ingestOf(clamped(4), clamped(5)) ?? {};
    expect(apart).toContain("cgi: at 4 connections in A alone.");
    expect(apart).toContain("cgi: at 5 connections in B alone.");
  });

  test("a cell that came to nothing in one run is told, not left out", () => {
    const failed = { state: "failed", phase: "ramp", message: "no room" } as const;
    const { apart } =
      ingestOf(runWith([trialWith(completedWith({ perSecond: 1 }))]), runWith([trialWith(failed)])) ?? {};
    expect(apart).toEqual(["ws: completed in A, failed (ramp) in B."]);
  });

  test("scenarios of one run alone are named", () => {
    const a = sittingOf("a", 1);
    const both = { ...a, scenarios: [...a.scenarios, { ...a.scenarios[0], name: "later" }] } as Run;
    expect(compareRuns(a, both).elsewhere).toEqual([{ scenario: "later", onlyIn: "B" }]);
  });
});

describe("the verdicts of two runs", () => {
  const run = runWith([]);
  const ruled = (low: number, high: number) =>
    verdictsOn(run, [
      claimOf("moves", () => ({ assertions: [assertionOf(estimateOf((low + high) / 2, low, high))] })),
      claimOf("stays", () => ({ assertions: [assertionOf(estimateOf(200, 190, 210))] })),
      claimOf("unknown", () => ({ assertions: [assertionOf({ missing: "nobody looked" })] })),
    ]);

  test("those that changed are told, with both figures; the others are counted", () => {
    const { changed, alike, onlyIn } = comparedVerdicts(ruled(120, 140), ruled(80, 90));
    expect(changed.map(({ claim, a, b }) => [claim.name, a.ruling, b.ruling])).toEqual([
      ["moves", "confirmed", "refuted"],
    ]);
    expect(changed[0]?.b.measured).toBe("85.0× (80.0–90.0)");
    expect(alike).toBe(1);
    expect(onlyIn).toEqual({ A: [], B: [] });
  });

  test("one that is open says why", () => {
    const { changed } = comparedVerdicts(ruled(120, 140), ruled(90, 110));
    expect(changed[0]?.b).toMatchObject({
      ruling: "inconclusive",
      because: expect.stringContaining("both sides"),
    });
  });
});

describe("what differs between two runs", () => {
  const a = sittingOf("a", 1);

  test("nothing but the moment, of a run and itself", () => {
    const { differ, sameMachine, sameBuild, sameConditions, speed } = circumstancesOf(a, a);
    expect(differ.filter(({ a: one, b: other }) => one !== other)).toEqual([]);
    expect([sameMachine, sameBuild, sameConditions]).toEqual([true, true, true]);
    expect(speed).toEqual({ server: 1, load: 1 });
  });

  test("another machine, kernel, package, option and condition are named with both values", () => {
    const b: Run = {
      ...a,
      environment: {
        ...a.environment,
        cpu: "Another CPU",
        kernel: "6.2.0",
        build: "another",
        packages: { ...a.environment.packages, ws: "9.0.0" },
      },
      options: { ...a.options, profile: "standard" },
      scenarios: a.scenarios.map((scenario) => ({ ...scenario, conditions: ["Everything is otherwise."] })),
      trials: a.trials.map((trial) => ({ ...trial, coreSpeed: { server: 1_800, load: 880 } })),
    };
    const { differ, alike, ...rest } = circumstancesOf(a, b);
    expect(differ).toEqual(
      expect.arrayContaining([
        { name: "CPU", a: "Invented CPU at 3.0 GHz", b: "Another CPU" },
        { name: "kernel", a: "6.1.0", b: "6.2.0" },
        { name: "ws", a: "8.23.0", b: "9.0.0" },
        { name: "profile", a: "quick", b: "standard" },
        {
          name: "conditions of ingest",
          a: expect.stringContaining("Closed model"),
          b: "Everything is otherwise.",
        },
      ]),
    );
    expect(alike).toEqual(expect.arrayContaining(["cores", "Node.js", "express", "seed"]));
    expect(rest).toEqual({
      sameMachine: false,
      sameBuild: false,
      sameConditions: false,
      speed: { server: 2, load: 1 },
    });
  });

  test("another seed is told, and is no other condition", () => {
    const { differ, sameConditions } = circumstancesOf(a, { ...a, seed: 43 });
    expect(differ).toContainEqual({ name: "seed", a: "42", b: "43" });
    expect(sameConditions).toBe(true);
  });
});
