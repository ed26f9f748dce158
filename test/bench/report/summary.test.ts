import { describe, expect, test } from "vitest";
import { escapeMarkdown } from "../../../bench/report/markdown-text.ts";
import { markdownSummary } from "../../../bench/report/summary.ts";
import { inventedRun } from "../fixtures/run.ts";

describe("the summary", () => {
  test("every table line has as many cells as its header", () => {
    const blocks = markdownSummary(inventedRun(), [])
      .split("\n\n")
      .filter((block) => block.startsWith("|"));
    expect(blocks).toHaveLength(5 * 2);
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
