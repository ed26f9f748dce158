import { describe, expect, test } from "vitest";
import { escapeMarkdown } from "../../../bench/report/markdown-text.ts";
import { markdownSummary } from "../../../bench/report/summary.ts";
import type { Run } from "../../../bench/result.ts";
import { claimOf, inventedClaims, runOfLab, verdictsOn } from "../fixtures/claims.ts";
import { inventedRun } from "../fixtures/run.ts";

describe("the summary", () => {
  test("every table line has as many cells as its header", () => {
    const blocks = markdownSummary(inventedRun(), [])
      .split("\n\n")
      .filter((block) => block.startsWith("|"));
    expect(blocks).toHaveLength(6 * 2);
    for (const block of blocks) {
      const widths = block.split("\n").map((line) => line.split(/(?<!\\)\|/).length);
      expect(new Set(widths).size).toBe(1);
      expect(widths).toHaveLength(2 + 12);
    }
  });

  test("states stand in every column, remarks below", () => {
    const text = markdownSummary(inventedRun(), []);
    expect(text).toContain("| threads-polling | thread per connection | failed (ramp) | failed (ramp) |");
    expect(text).toContain("- cgi: exempt: no connection outlives its request");
    expect(text).toContain("- Threads here are V8 isolates");
  });

  test("says that a run is incomplete", () => {
    const run = inventedRun({ blocks: 1 });
    expect(markdownSummary({ ...run, complete: false }, [])).toContain("> **INCOMPLETE.**");
  });

  test("text cannot end a cell or become markup", () => {
    expect(escapeMarkdown("a|b\n<script> *c* `d` & [e]")).toBe(
      "a\\|b &lt;script&gt; \\*c\\* \\`d\\` &amp; \\[e\\]",
    );
  });
});

describe("a summary that would be longer than a comment may be", () => {
  const run = inventedRun();
  /** So many times the scenarios of the run, under names of their own. */
  const times = (count: number): Run => {
    const copies = Array.from({ length: count }, (_, copy) => `${copy + 1}`);
    return {
      ...run,
      scenarios: copies.flatMap((copy) =>
        run.scenarios.map((scenario) => ({ ...scenario, name: `${scenario.name}-${copy}` })),
      ),
      trials: copies.flatMap((copy) =>
        run.trials.map((trial) => ({ ...trial, scenario: `${trial.scenario}-${copy}` })),
      ),
    };
  };

  test.each([
    [1, undefined],
    [3, "what the answers cost."],
    [5, "what the answers cost; conditions and remarks."],
    [9, "what the answers cost; conditions and remarks; the last "],
  ])("leaves out what answers no question first: %i times the scenarios", (count, leftOut) => {
    const text = markdownSummary(times(count), []);
    expect(text.length).toBeLessThan(65_536);
    if (leftOut === undefined) expect(text).not.toContain("Left out");
    else expect(text).toContain(`Left out for length, and in \`report.html\`: ${leftOut}`);
    expect(text.match(/<details>/g)).toHaveLength(text.match(/<\/details>/g)?.length ?? 0);
  });
});

describe("the verdicts in the summary", () => {
  test("come first, in a table that whatever a claim says cannot break", () => {
    const run = { ...runOfLab(1), complete: false };
    const evil = "a | b\n<script>*";
    const hostile = inventedClaims
      .slice(0, 1)
      .map(({ judge }) => claimOf("evil", judge, { title: evil, said2011: evil }));
    const text = markdownSummary(run, [...verdictsOn(run, hostile), ...verdictsOn(run)]);
    const blocks = text.split("\n\n");
    expect(blocks.slice(1, 3)).toEqual([expect.stringContaining("INCOMPLETE"), "## Verdicts"]);
    expect(blocks[3]).toMatch(/^\*\*5 claims: 0 confirmed, 1 refuted, /);
    const lines = blocks[4]?.split("\n") ?? [];
    expect(lines).toHaveLength(2 + 5);
    for (const line of lines) expect(line.split(/(?<!\\)\|/)).toHaveLength(4 + 2);
    expect(lines[2]).toContain("a \\| b &lt;script&gt;\\*");
    expect(lines[4]).toBe("| None is lost (slide 4) | 3:1 | 70.0 % (67.1–72.8, n = 1,000) | **refuted** |");
    expect(text).toContain("- ≈ of fewer than 6 trials");
    expect(text).toContain(
      "- Settled by npm run bench -- --profile full: “The threshold lies within the interval”",
    );
  });

  test("are one line without evidence", () => {
    expect(markdownSummary(inventedRun(), [])).toContain("No claim of the talk has evidence in this run");
  });
});

test("a lab's arms are told, and its tables have no I/O model", () => {
  const text = markdownSummary(runOfLab(), []);
  expect(text).toContain("- **blocking**: one thread, which waits for each in turn");
  expect(text).toContain("| arm | answers |\n| --- | ---: |\n| loop | ");
});
