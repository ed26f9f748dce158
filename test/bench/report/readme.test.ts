import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { readRun } from "../../../bench/report/read-run.ts";
import { browserTable } from "../../../bench/report/readme/browser-table.ts";
import { heldConnections } from "../../../bench/report/readme/held-connections.ts";
import { measured } from "../../../bench/report/readme/measured.ts";
import { readmeParts, readmeWith } from "../../../bench/report/readme/parts.ts";
import type { Run } from "../../../bench/result.ts";
import { projectFolder } from "../../../cli/project.ts";
import { verdictsOn } from "../fixtures/claims.ts";
import { type MeasuredCell, runMeasuring } from "../fixtures/measured.ts";
import { inventedRun } from "../fixtures/run.ts";

const readme = readFileSync(new URL("README.md", projectFolder), "utf8");
const reference = fileURLToPath(new URL("results/reference", projectFolder));

describe("the README", () => {
  test("shows the run in results/reference, as `npm run readme` writes it; nothing where there is none", async () => {
    const parts = existsSync(reference) ? await readmeParts(await readRun(reference)) : undefined;
    expect(readme).toBe(readmeWith(readme, parts));
  });

  test("has every picture that it shows", () => {
    for (const [, path = ""] of readme.matchAll(/!\[[^\]]*\]\(([^)]+)\)/g))
      expect(existsSync(new URL(path, projectFolder)), path).toBe(true);
  });
});

const lab = (
  scenario: string,
  arm: string,
  point: MeasuredCell["point"],
  figures: MeasuredCell["figures"],
) => ({
  ...{ scenario, arm, figures },
  ...(point === undefined ? {} : { point }),
});

/** The invented run, with what the sentences of the README need beside it. */
function runOfAll(): Run {
  const run = inventedRun({ blocks: 6, id: "invented" });
  const memory = { held: 20_000, memoryEach: 9_216, kernelEach: 4_096 };
  const labs = runMeasuring([
    lab("waiting", "blocking-loop", { clients: 200, queryMs: 80 }, { perSecond: 12.5 }),
    lab(
      "waiting",
      "event-loop",
      { clients: 200, queryMs: 80 },
      { perSecond: [2_400, 2_410, 2_420, 2_430, 2_440, 2_450] },
    ),
    lab("limits", "ws", { target: 20_000 }, memory),
    lab("limits", "threads-streaming", { target: 128 }, { held: 128, memoryEach: 8_912_896 }),
    ...["threads-streaming", "native-threads", "native-loop"].map((arm) =>
      lab("threads", arm, { connections: 100 }, { memoryEach: 8_912_896 }),
    ),
  ]);
  return {
    ...run,
    options: { ...run.options, profile: "standard", pollMs: 1_000 },
    scenarios: [...run.scenarios, ...labs.scenarios],
    trials: [...run.trials, ...labs.trials],
  };
}

describe("what a run writes into it", () => {
  const charts = ["verdict-board", "delivery-percentiles", "connections-memory", "waiting-law"].map(
    (name) => ({
      name,
      description: `What ${name} shows, in [words].`,
    }),
  );

  test("verdicts and three charts, each with figures, conditions and a text for those who cannot see it", () => {
    const run = runOfAll();
    const text = measured(run, verdictsOn(run), charts);
    expect(text).toContain("Run invented, 2026-03-01 12:00 UTC");
    expect(text).toContain("commit 0123456789");
    for (const { name } of charts)
      expect(text).toContain(`![What ${name} shows, in \\[words\\].](results/reference/charts/${name}.svg)`);
    expect(text).toMatch(/half of the events are at their subscriber within 0\.\d+ ms \(0\.\d+–0\.\d+\)/);
    expect(text).toContain("answers 12.5 /s, and one that goes on meanwhile 2,425 /s (2,400–2,450)");
    expect(text).toContain(
      "`ws` held 20,000 at once on one event loop, the second half of which took 9.00 KiB",
    );
    expect(text).toContain("8.50 MiB, of 128 that it was asked for (n = 6 trials)");
    expect(text).toContain(
      "| [The threshold lies within the interval (slide 4)](bench/claims/README.md#in-between) |",
    );
  });

  test("a chart or a figure that is missing is an error, not a hole", () => {
    const run = runOfAll();
    expect(() => measured(run, [], charts.slice(1))).toThrow("expected a chart verdict-board");
    expect(() => measured({ ...run, trials: [] }, [], charts)).toThrow("expected p50Ms in run invented");
  });

  test("the browser's table, with states and remarks", () => {
    const text = browserTable(runOfAll());
    expect(text).toMatch(/\| ws \| 0\.\d+ ms \(.+\) \| .+ \|/);
    expect(text).toContain("of run invented:");
    expect(browserTable({ ...runOfAll(), trials: [] })).toMatch(/^Not measured in run .*--scenarios browser/);
  });

  test("what memory per connection holds", () => {
    expect(heldConnections(runOfAll())).toContain(
      "second half of 20,000 added was 9.00 KiB each, 4.00 KiB of it",
    );
  });

  test("stands between its markers and nowhere else", () => {
    const page = "a\n<!-- x: written by `npm run readme` -->\nold\n<!-- /x -->\nb\n";
    expect(readmeWith(page, { x: "new" })).toBe(
      "a\n<!-- x: written by `npm run readme` -->\n\nnew\n\n<!-- /x -->\nb\n",
    );
    expect(readmeWith(page, undefined)).toBe("a\n<!-- x: written by `npm run readme` -->\n<!-- /x -->\nb\n");
    expect(() => readmeWith(page, {})).toThrow("expected a part for the marker x");
    expect(() => readmeWith("a\n", { x: "new" })).toThrow("expected markers for x");
  });
});
