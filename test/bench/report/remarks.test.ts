import { describe, expect, test } from "vitest";
import { charts } from "../../../bench/charts/index.ts";
import { environmentFacts } from "../../../bench/report/facts.ts";
import { serverBusyFigure } from "../../../bench/report/saturation.ts";
import { type Table, tablesOf } from "../../../bench/report/tables.ts";
import type { Completed, CoreSpeed, Run, Trial } from "../../../bench/result.ts";
import { scenarios } from "../../../bench/scenarios/index.ts";
import { completedWith, noErrors, runWith, trialWith } from "../fixtures/one-cell.ts";

function tableOf(run: Run, name = "ingest"): Table {
  const [table] = tablesOf(run).find(({ scenario }) => scenario.name === name)?.tables ?? [];
  if (table === undefined) throw new Error(`expected a table of ${name}, got none`);
  return table;
}

const marksIn = ({ rows }: Table) => rows.map(({ arm, marks }) => `${arm.name}${marks}`);

describe("a ceiling of a server that was not busy", () => {
  const busy = (arm: string, percents: readonly number[], perSecond = 5, given: Partial<Completed> = {}) =>
    percents.map((percent, index) =>
      trialWith(completedWith({ perSecond: perSecond + index, [serverBusyFigure]: percent }, given), {
        arm,
        block: index + 1,
      }),
    );

  test("is marked by the median of its trials, and says how busy", () => {
    const table = tableOf(runWith([...busy("ws", [60, 70, 99]), ...busy("tcp", [89.6])], ["ws", "tcp"]));
    expect(marksIn(table)).toEqual(["ws◊", "tcp"]);
    expect(table.remarks).toEqual(["◊ ws: the server was only 70 % busy: what limited it was not its CPU."]);
  });

  test("shares its remark with others, and its mark with the costs and the chart", async () => {
    const run = runWith([...busy("ws", [60]), ...busy("tcp", [71.2])], ["ws", "tcp"]);
    const table = tableOf(run);
    const remark = "◊ ws, tcp: the server was only 60 to 71 % busy: what limited it was not its CPU.";
    expect(table.remarks).toEqual([remark]);
    expect(table.costs?.rows.map(({ marks }) => marks)).toEqual(["◊", "◊"]);
    const spec = JSON.stringify((await charts.ingest()).default.picture(run)?.spec);
    expect(spec).toContain("ws◊");
    expect(spec).toContain(remark);
  });

  test("is never the best", () => {
    const bestOf = (percent: number) => {
      const trials = [
        ...busy("ws", [percent, percent, percent, percent], 70),
        ...busy("tcp", [99, 99, 99, 99]),
        ...busy("bare", [99, 99, 99, 99], 20),
      ];
      return tableOf(runWith(trials, ["ws", "tcp", "bare"])).rows.flatMap(({ arm, figures }) =>
        typeof figures !== "string" && figures[0]?.best ? [arm.name] : [],
      );
    };
    expect(bestOf(95)).toEqual(["ws"]);
    expect(bestOf(80)).toEqual(["bare"]);
  });

  test("keeps † where it is generator-bound", () => {
    const table = tableOf(runWith(busy("ws", [60], 5, { generatorBound: true })));
    expect(marksIn(table)).toEqual(["ws†"]);
  });

  test("is no matter where the busy share was not read, or the scenario does not saturate", () => {
    expect(marksIn(tableOf(runWith([trialWith(completedWith({ perSecond: 5 }))])))).toEqual(["ws"]);
    const elsewhere = completedWith({ lastMs: 5, [serverBusyFigure]: 3 });
    const run = runWith([trialWith(elsewhere, { scenario: "fan-out", point: { subscribers: 10 } })]);
    expect(marksIn(tableOf(run, "fan-out"))).toEqual(["ws"]);
  });

  test("is told by a cost that every saturating scenario with costs has", () => {
    for (const { saturates, costs } of scenarios) {
      if (!saturates || costs.length === 0) continue;
      expect(costs.map(({ figure }) => figure)).toContain(serverBusyFigure);
    }
  });
});

describe("the speed of the cores", () => {
  const usual = { server: 900, load: 880 };
  const at = (arm: string, coreSpeed: CoreSpeed, given: Partial<Trial> = {}) =>
    trialWith(completedWith({ perSecond: 5 }), { arm, coreSpeed, ...given });

  test("is remarked where it was under three quarters of the usual", () => {
    const run = runWith(
      [
        at("ws", usual),
        at("ws", { ...usual, server: 522 }),
        at("tcp", usual),
        at("tcp", { ...usual, load: 620 }),
        at("bare", { ...usual, server: 675 }),
      ],
      ["ws", "tcp", "bare"],
    );
    expect(tableOf(run).remarks).toEqual([
      "ws, tcp: 1 of 2 trials measured while the machine ran at 58 to 70 % of its usual speed.",
    ]);
  });

  test("of one trial is not counted, of a failed one not remarked", () => {
    const failed = trialWith(
      { state: "failed", phase: "start", message: "port taken" },
      { arm: "bare", coreSpeed: { server: 1, load: 1 } },
    );
    const run = runWith(
      [at("ws", { ...usual, server: 522 }), at("tcp", usual), at("tcp", usual), failed],
      ["ws", "tcp", "bare"],
    );
    const speed = tableOf(run).remarks.filter((remark) => remark.includes("usual speed"));
    expect(speed).toEqual(["ws: measured while the machine ran at 73 % of its usual speed."]);
  });

  test("stands in the environment, as its range and median", () => {
    const fact = (trials: readonly Trial[]) =>
      environmentFacts(runWith(trials)).find(({ name }) => name.startsWith("speed of the server's core"))
        ?.value;
    expect(
      fact([at("ws", { ...usual, server: 412 }), at("ws", usual), at("ws", { ...usual, server: 955 })]),
    ).toBe("412 to 955 turns/µs, median 900");
    expect(fact([at("ws", usual)])).toBe("900 turns/µs");
    expect(fact([])).toBe("no trial was run");
  });
});

describe("webhooks that were late or dropped", () => {
  test("read as one sentence for all servers", () => {
    const late = (arm: string, count: number, latestMs: number) =>
      trialWith(completedWith({ perSecond: 5 }, { sending: { planned: 1_200, late: count, latestMs } }), {
        arm,
      });
    const table = tableOf(
      runWith([late("ws", 1, 2.6), late("tcp", 12, 11.3), late("bare", 0, 0.4)], ["ws", "tcp", "bare"]),
    );
    expect(table.remarks).toEqual([
      "Webhooks sent more than 1 ms late: ws 1 of 1,200, tcp 12 of 1,200, the latest by 11 ms; " +
        "latency counts from the time when they were due all the same.",
    ]);
  });

  test("that were dropped are a marked fault", () => {
    const errors = { ...noErrors, dropped: 1 };
    const table = tableOf(runWith([trialWith(completedWith({ perSecond: 5 }, { errors }))]));
    expect(marksIn(table)).toEqual(["ws‡"]);
    expect(table.remarks).toEqual(["‡ ws: 1 webhook not sent, too many being under way."]);
  });
});

test("of threads, a lab says which of its arms have them in Node.js", () => {
  const lab = { name: "invented", question: "", conditions: [], columns: [], costs: [], saturates: false };
  const arms = ["threads-streaming", "native-threads"].map((name) => ({ name, summary: "" }));
  const trials = arms.map(({ name }) => trialWith(completedWith({}), { scenario: "invented", arm: name }));
  const run = runWith(trials, ["threads-streaming"]);
  const { remarks } = tableOf({ ...run, scenarios: [{ ...lab, arms }] }, "invented");
  expect(remarks.join("\n")).toContain("The threads of servers called threads-... are V8 isolates");
});
