import { describe, expect, test } from "vitest";
import chart from "../../../bench/charts/waiting-law.ts";
import { withArm } from "../fixtures/arm-states.ts";
import { type MeasuredCell, runMeasuring } from "../fixtures/measured.ts";
import { textsOfChart } from "./texts.ts";

describe("waiting-law", () => {
  const cell = (
    arm: string,
    queryMs: number,
    perSecond: number | number[],
    lawPerSecond: number,
    cpuPercent = 10,
  ): MeasuredCell => {
    const ofLawPercent = (100 * ([perSecond].flat()[0] ?? 0)) / lawPerSecond;
    return {
      ...{ scenario: "waiting", arm, point: { queryMs, clients: 200 } },
      figures: { perSecond, lawPerSecond, ofLawPercent, cpuPercent },
    };
  };
  const cells = [
    cell("blocking-loop", 80, 12.5, 12.5),
    cell("pool-16", 80, 198, 200),
    cell("pool-256", 80, [1_100, 1_150, 1_200, 1_200, 1_250, 1_300], 2_500, 100),
    cell("event-loop", 80, 2_450, 2_500),
    cell("blocking-loop", 0.5, 1_200, 2_000),
    cell("event-loop", 0.5, 33_000, 400_000, 97),
  ];

  test("puts each arm where as many queries are under way as the law has it", () => {
    const spec = JSON.stringify(chart.picture(runMeasuring(cells))?.spec);
    const places = [...spec.matchAll(/"arm":"([\w-]+)","atOnce":(\d+)/g)].map(
      ([, arm, at]) => `${arm} ${at}`,
    );
    expect(new Set(places)).toEqual(
      new Set(["blocking-loop 1", "pool-16 16", "pool-256 200", "event-loop 200"]),
    );
    // The law's line, from one query under way to all clients.
    expect(spec).toContain('"values":[{"atOnce":1,"law":12.5},{"atOnce":200,"law":2500}]');
    expect(spec).toContain('"values":[{"atOnce":1,"law":2000},{"atOnce":200,"law":400000}]');
    expect(spec).toContain('"low":1100,"high":1300');
  });

  test("says how much of the law each reaches, and where the processor limits", async () => {
    const run = runMeasuring(cells);
    const texts = await textsOfChart(run, "waiting-law");
    for (const text of ["queries of 0.5 ms", "queries of 80 ms", "100 %", "99 %", "44 %", "8.3 %"])
      expect(texts).toContain(text);
    expect(JSON.stringify(chart.picture(run)?.spec)).toContain(
      "completed; the server's core was over 90 % busy",
    );
    expect(chart.picture(run)?.table.rows).toContainEqual({
      cells: [
        ...["80 ms", "pool-256", "1,200 /s (1,100–1,300 /s, n = 6)", "2,500 /s"],
        ...["44 % (44 %, n = 6)", "100 % (100 %, n = 6)"],
      ],
    });
  });

  test("names every arm in every panel, whatever became of it", async () => {
    const measured = withArm(runMeasuring(cells), "waiting", "pool-64");
    const failed = { state: "failed", phase: "start", message: "no thread" } as const;
    const exempt = { state: "exempt", reason: "no blocking sockets here" } as const;
    const trials = measured.trials.map((trial) => {
      if (trial.arm === "pool-256") return { ...trial, outcome: failed };
      return trial.arm === "blocking-loop" && trial.point.queryMs === 80
        ? { ...trial, outcome: exempt }
        : trial;
    });
    const run = { ...measured, trials };
    const texts = await textsOfChart(run, "waiting-law");
    expect(texts.filter((text) => text === "pool-64: not run")).toHaveLength(2);
    expect(texts).toContain("pool-256: failed (start): no thread");
    expect(texts).toContain("blocking-loop: exempt: no blocking sockets here");
    expect(texts).toContain("pool-16: not run");
    expect(chart.picture(run)?.table.rows).toHaveLength(10);
    const allFailed = measured.trials.map((trial) => ({ ...trial, outcome: failed }));
    expect(chart.picture({ ...run, trials: allFailed })).toBeUndefined();
  });

  test("marks what the load may have decided", async () => {
    const bound = { ...cell("event-loop", 80, 2_000, 2_500), given: { generatorBound: true } };
    const texts = await textsOfChart(runMeasuring([bound]), "waiting-law");
    expect(texts).toContain("80 %†");
    expect(texts.join(" ")).toContain("Queries of 80 ms: † event-loop: generator-bound");
  });
});
