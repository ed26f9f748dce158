import { describe, expect, test } from "vitest";
import { escapeMarkdown } from "../../../bench/report/markdown-text.ts";
import { markdownSummary } from "../../../bench/report/summary.ts";
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
    const lines = blocks[3]?.split("\n") ?? [];
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
