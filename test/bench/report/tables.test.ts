import { describe, expect, test } from "vitest";
import { tablesOf } from "../../../bench/report/tables.ts";
import { runOfLab } from "../fixtures/claims.ts";
import { completedWith, noErrors, runWith, trialWith } from "../fixtures/one-cell.ts";

type Figures = Readonly<Record<string, readonly number[]>>;

/** The ingest table of a run in which every server has one trial for each of its webhooks per second. */
function tableOf(perSecond: Figures, given: Parameters<typeof completedWith>[1] = {}) {
  const trials = Object.entries(perSecond).flatMap(([arm, figures]) =>
    figures.map((figure, index) =>
      trialWith(completedWith({ perSecond: figure }, arm === "bare" ? given : {}), {
        arm,
        block: index + 1,
      }),
    ),
  );
  const run = runWith(trials, Object.keys(perSecond));
  const [table] = tablesOf(run).find(({ scenario }) => scenario.name === "ingest")?.tables ?? [];
  if (table === undefined) throw new Error("expected a table of ingest, got none");
  const firsts = table.rows.map(({ arm, figures }) => ({
    arm: arm.name,
    figure: typeof figures === "string" ? undefined : figures[0],
  }));
  return {
    caption: table.caption,
    remarks: table.remarks,
    spreads: firsts.map(({ figure }) => figure?.spread),
    best: firsts.filter(({ figure }) => figure?.best).map(({ arm }) => arm),
  };
}

test("a figure that a trial does not have reads as its column says", () => {
  const run = runWith([trialWith(completedWith({}))]);
  const column = { figure: "firstMs", title: "ws", unit: "ms", better: "lower" } as const;
  const scenarios = run.scenarios.map((scenario) => {
    return { ...scenario, columns: [column, { ...column, absent: "no" }], costs: [] };
  });
  const rows = tablesOf({ ...run, scenarios }).flatMap(({ tables }) => tables.flatMap(({ rows }) => rows));
  const texts = rows.map(({ figures }) =>
    typeof figures === "string" ? figures : figures.map(({ text }) => text),
  );
  expect(texts).toContainEqual(["not read", "no"]);
});

describe("what stands beside a figure", () => {
  test("of one trial: nothing", () => {
    const { caption, spreads } = tableOf({ ws: [5_000] });
    expect(caption).toBe("At 8 connections; n = 1 trial");
    expect(spreads).toEqual([undefined]);
  });

  test("of two to five trials: their range, and what an interval takes", () => {
    const { caption, spreads, remarks } = tableOf({ ws: [5_000, 6_000], tcp: [1, 2, 3, 4, 5] });
    expect(caption).toBe("At 8 connections; median and range of n = 2 to 5 trials, an interval takes 6");
    expect(spreads).toEqual(["5,000–6,000 /s", "1.0–5.0 /s"]);
    expect(remarks).toEqual([]);
  });

  test("of six trials or more: the interval of the median", () => {
    const eight = [100, 200, 300, 400, 500, 600, 700, 800];
    const { caption, spreads, remarks } = tableOf({ ws: eight });
    expect(caption).toBe("At 8 connections; median and 95 % interval of n = 8 trials");
    expect(spreads[0]).toMatch(/^150–/);
    expect(remarks).toEqual([]);
  });

  test("of both: the ranges are marked, and single trials counted", () => {
    const six = [1_000, 2_000, 3_000, 4_000, 5_000, 6_000];
    const { caption, spreads, remarks } = tableOf({ ws: six, tcp: six.slice(1), bare: [7_000] });
    expect(caption).toBe("At 8 connections; median and 95 % interval of n = 1 to 6 trials");
    expect(spreads).toEqual(["1,000–6,000 /s", "2,000–6,000 /s §", "n = 1"]);
    expect(remarks).toEqual(["§ the range of fewer than 6 trials, too few for an interval."]);
  });
});

describe("a table of a lab", () => {
  test("has its arms for rows", () => {
    const [result] = tablesOf(runOfLab());
    expect(result?.tables).toHaveLength(1);
    expect(result?.tables[0]).toMatchObject({
      compares: "arms",
      caption: "At 200 clients; median and 95 % interval of n = 6 trials",
      rows: [{ arm: { name: "loop" } }, { arm: { name: "blocking" } }],
    });
    expect(result?.tables[0]).not.toHaveProperty("costs");
  });

  test.each([
    [1, "n = 1 trial"],
    [6, "Median and 95 % interval of n = 6 trials"],
  ])("of a single point does not name it: %d", (blocks, caption) => {
    const run = runOfLab(blocks);
    const trials = run.trials.map((trial) => ({ ...trial, point: {} }));
    expect(tablesOf({ ...run, trials })[0]?.tables.map((table) => table.caption)).toEqual([caption]);
  });
});

describe("the best", () => {
  test("is told apart from all others", () => {
    expect(tableOf({ ws: [5, 6, 5, 6], tcp: [7, 8, 7, 8], bare: [1, 9, 1, 9] }).best).toEqual([]);
    expect(tableOf({ ws: [5, 6, 5, 6], tcp: [7, 8, 7, 8], bare: [1, 2, 1, 2] }).best).toEqual(["tcp"]);
  });

  test("is told apart by intervals where there are such, for they are narrower than ranges", () => {
    const eight = [71, 72, 73, 74, 75, 76, 77, 78];
    expect(
      tableOf({ ws: [...eight, 5, 99], tcp: [...eight.map((figure) => figure + 10), 5, 99] }).best,
    ).toEqual(["tcp"]);
  });

  test("is none of so few trials that the same server twice would often look told apart", () => {
    for (const n of [1, 2, 3]) {
      const times = (figure: number) => Array.from({ length: n }, () => figure);
      expect(tableOf({ ws: times(5), tcp: times(7) }).best).toEqual([]);
      expect(tableOf({ ws: times(5), tcp: [7, 7, 7, 7] }).best).toEqual([]);
      expect(tableOf({ ws: [5, 5, 5, 5], tcp: times(7) }).best).toEqual([]);
    }
  });

  test("is none without another to compare with", () => {
    expect(tableOf({ ws: [5, 6, 5, 6] }).best).toEqual([]);
  });

  test("is none where another reads alike", () => {
    expect(tableOf({ ws: [1.21, 1.21, 1.21, 1.21], tcp: [1.22, 1.22, 1.22, 1.22] }).best).toEqual([]);
  });

  test("is none that was measured under other conditions", () => {
    const figures = { ws: [5, 6, 5, 6], tcp: [7, 8, 7, 8], bare: [9, 10, 9, 10] };
    expect(tableOf(figures).best).toEqual(["bare"]);
    expect(tableOf(figures, { generatorBound: true }).best).toEqual(["tcp"]);
  });

  test.each(["publish", "missing", "dropped"] as const)(
    "is none that has its figures for faults: %s",
    (kind) => {
      const figures = { ws: [5, 6, 5, 6], tcp: [7, 8, 7, 8], bare: [9, 10, 9, 10] };
      expect(tableOf(figures, { errors: { ...noErrors, [kind]: 50 } }).best).toEqual(["tcp"]);
    },
  );
});
