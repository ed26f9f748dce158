import { describe, expect, test } from "vitest";
import { parseRun, readRun } from "../../../bench/report/read-run.ts";
import { CannotRun } from "../../../cli/command.ts";
import { inventedRun } from "../fixtures/run.ts";

const parse = (value: unknown) => () => parseRun(JSON.stringify(value), "run.json");

describe("reading a run", () => {
  test("gives back what was written", () => {
    const run = inventedRun();
    expect(parse(run)()).toEqual(run);
  });

  test("leaves out what it does not know", () => {
    const run = inventedRun({ blocks: 1 });
    expect(parse({ ...run, later: true })()).toEqual(run);
  });

  test.each<[string, unknown, string]>([
    ["another schema", { ...inventedRun({ blocks: 1 }), schemaVersion: 1 }, "got: schema version 1"],
    ["no schema", {}, "expected: one of 3 at run.schemaVersion in run.json"],
    ["no object", [], "expected: object at run in run.json"],
    ["no trials", { ...inventedRun({ blocks: 1 }), trials: undefined }, "array at run.trials"],
    ["a server of no I/O model", damagedServer(), "one of event loop, thread per connection"],
    [
      "a figure that is null",
      damagedTrial({ figures: { p50Ms: null } }),
      "outcome.figures.p50Ms in run.json",
    ],
    ["a histogram cut short", damagedTrial({ histograms: { latency: "HISTF" } }), "an HDR histogram"],
    ["a trial of an unknown server", strangeTrial(), "run.trials[0].arm"],
  ])("refuses %s", (_, value, message) => {
    expect(parse(value)).toThrow(CannotRun);
    expect(parse(value)).toThrow(message);
  });

  test("refuses what is not JSON, and a file that is not there", async () => {
    expect(() => parseRun("{", "run.json")).toThrow("expected: JSON in run.json");
    await expect(readRun("/nonexistent")).rejects.toThrow("expected: a readable /nonexistent/run.json");
  });
});

function damagedServer(): unknown {
  const run = inventedRun({ blocks: 1 });
  return { ...run, servers: run.servers.map((server) => ({ ...server, ioModel: "magic" })) };
}

function damagedTrial(damage: object): unknown {
  const run = inventedRun({ blocks: 1 });
  return {
    ...run,
    trials: run.trials.slice(0, 1).map((trial) => ({ ...trial, outcome: { ...trial.outcome, ...damage } })),
  };
}

function strangeTrial(): unknown {
  const run = inventedRun({ blocks: 1 });
  return { ...run, trials: run.trials.map((trial) => ({ ...trial, arm: "unheard-of" })) };
}
