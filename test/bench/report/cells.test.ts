import { describe, expect, test } from "vitest";
import { type Cell, cellsOf, groupByPoint, summarise } from "../../../bench/report/cells.ts";
import type { Run } from "../../../bench/result.ts";
import { completedWith, noErrors, runWith, trialWith } from "../fixtures/one-cell.ts";

function onlyCell(run: Run): Cell {
  const [cell, ...more] = cellsOf(run, "ingest");
  expect(more).toEqual([]);
  if (cell === undefined) throw new Error("expected one cell, got none");
  return cell;
}

describe("summarise", () => {
  test("takes the middle of an odd number and the mean of the middle two of an even one", () => {
    expect(summarise([5, 1, 9])).toEqual({ median: 5, min: 1, max: 9, n: 3 });
    expect(summarise([10, 2, 4, 100])).toEqual({ median: 7, min: 2, max: 100, n: 4 });
    expect(summarise([3])).toEqual({ median: 3, min: 3, max: 3, n: 1 });
  });

  test("has an interval of the median from six values on", () => {
    expect(summarise([1, 2, 3, 4, 5])).not.toHaveProperty("interval");
    expect(summarise([1, 2, 3, 4, 5, 6]).interval).toEqual({ low: 1, high: 6 });
    const { interval, min, max } = summarise([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
    expect(interval?.low).toBeGreaterThan(min);
    expect(interval?.high).toBeLessThan(max);
  });

  test("refuses to summarise nothing", () => {
    expect(() => summarise([])).toThrow("expected one value or more");
  });
});

describe("cells", () => {
  test("median and range of the trials, errors summed, notes once", () => {
    const trials = [30, 10, 20].map((perSecond) =>
      trialWith(
        completedWith(
          { perSecond },
          { errors: { ...noErrors, publish: 2 }, notes: ["Ended by the target."] },
        ),
      ),
    );
    const cell = onlyCell(runWith(trials));
    expect(cell.state).toBe("completed");
    expect(cell.figures).toEqual({ perSecond: { median: 20, min: 10, max: 30, n: 3 } });
    expect(cell.errors.publish).toBe(6);
    expect(cell.notes).toEqual(["Ended by the target."]);
    expect(cell.generatorBound).toBe(false);
  });

  test("a figure that could not be read in one trial counts in the others", () => {
    const cell = onlyCell(
      runWith([
        trialWith(completedWith({ perSecond: 8, p50Ms: 2 })),
        trialWith(completedWith({ perSecond: 6 })),
      ]),
    );
    expect(cell.figures.p50Ms?.n).toBe(1);
    expect(cell.figures.perSecond?.median).toBe(7);
  });

  test("one completed trial makes a completed cell, with the failures beside it", () => {
    const failed = { state: "failed", phase: "verify", message: "status 500" } as const;
    const cell = onlyCell(runWith([trialWith(failed), trialWith(completedWith({ perSecond: 8 }))]));
    expect(cell).toMatchObject({ state: "completed", n: 1, failures: [failed] });
  });

  test("failed, exempt and not run are states, never figures of 0", () => {
    const point = { connections: 8 };
    const run = runWith(
      [
        trialWith({ state: "failed", phase: "start", message: "port taken" }, { arm: "ws" }),
        trialWith({ state: "exempt", reason: "takes no webhooks" }, { arm: "tcp" }),
      ],
      ["ws", "tcp", "bare"],
    );
    expect(cellsOf(run, "ingest").map(({ arm, state, figures }) => [arm, state, figures])).toEqual([
      ["ws", "failed", {}],
      ["tcp", "exempt", {}],
      ["bare", "not run", {}],
    ]);
    expect(cellsOf(run, "ingest").map((cell) => cell.point)).toEqual([point, point, point]);
  });

  test("one generator-bound trial marks the cell", () => {
    const trials = [false, true].map((generatorBound) =>
      trialWith(completedWith({ perSecond: 5 }, { generatorBound })),
    );
    expect(onlyCell(runWith(trials)).generatorBound).toBe(true);
  });
});

describe("points", () => {
  const at = (subscribers: number, arm: string, clampedBecause?: string) =>
    trialWith(completedWith({ lastMs: subscribers }), {
      scenario: "fan-out",
      arm,
      point: { subscribers },
      ...(clampedBecause === undefined ? {} : { clampedBecause }),
    });
  const layOut = (run: Run) =>
    groupByPoint(cellsOf(run, "fan-out")).map((cells) => [
      cells[0]?.point.subscribers,
      ...cells.map(({ arm, measuredAt, clampedBecause }) =>
        [arm, measuredAt.subscribers, clampedBecause].join(" ").trim(),
      ),
    ]);

  test("a clamped server stands in the table of each point it has no trials for", () => {
    const run = runWith(
      [at(1_000, "ws"), at(10, "ws"), at(4, "cgi", "slow"), at(10, "bare"), at(128, "bare", "few")],
      ["ws", "bare", "cgi"],
    );
    expect(layOut(run)).toEqual([
      [10, "ws 10", "bare 10", "cgi 4 slow"],
      [1_000, "ws 1000", "bare 128 few", "cgi 4 slow"],
    ]);
  });

  test("a server may be clamped in one coordinate only", () => {
    const trial = (arm: string, subscribers: number, clamp: object) =>
      trialWith(completedWith({ p50Ms: 1 }), {
        arm,
        point: { eventsPerSecond: 4, subscribers },
        ...clamp,
      });
    const run = runWith([trial("ws", 100, {}), trial("cgi", 4, { clampedBecause: "slow" })], ["ws", "cgi"]);
    expect(cellsOf(run, "ingest").map(({ arm, measuredAt }) => [arm, measuredAt.subscribers])).toEqual([
      ["ws", 100],
      ["cgi", 4],
    ]);
  });

  test("where all servers were clamped, the largest point is the one that was asked for", () => {
    const run = runWith([at(4, "cgi", "slow"), at(128, "bare", "few")], ["bare", "cgi"]);
    expect(layOut(run)).toEqual([[128, "bare 128", "cgi 4 slow"]]);
  });

  test("the order of the coordinates does not matter", () => {
    const trial = (point: Record<string, number>) => trialWith(completedWith({ p50Ms: 1 }), { point });
    expect(onlyCell(runWith([trial({ a: 1, b: 2 }), trial({ b: 2, a: 1 })])).n).toBe(2);
  });
});
