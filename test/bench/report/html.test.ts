import { describe, expect, test } from "vitest";
import { htmlReport } from "../../../bench/report/html.ts";
import { escapeHtml, html } from "../../../bench/report/html-template.ts";
import { threadRemark } from "../../../bench/report/remarks.ts";
import type { Run } from "../../../bench/result.ts";
import { inventedRun } from "../fixtures/run.ts";

describe("the template", () => {
  test("escapes the five characters that mean something", () => {
    expect(escapeHtml(`<a href="x" title='y'>&`)).toBe("&lt;a href=&quot;x&quot; title=&#39;y&#39;&gt;&amp;");
  });

  test("escapes values, keeps HTML, joins lists, leaves undefined out", () => {
    expect(html`<p>${"<b>"}${html`<i>${1}</i>`}${["&", html`<br>`]}${undefined}</p>`.text).toBe(
      "<p>&lt;b&gt;<i>1</i>&amp;<br></p>",
    );
  });
});

const chart = { name: "drawn", scenario: "ingest", description: "What it shows", svg: "<svg></svg>" };

describe("the page", () => {
  test("is the same for the same run", () => {
    expect(htmlReport(inventedRun(), [], [chart])).toBe(htmlReport(inventedRun(), [], [chart]));
  });

  test("needs nothing from elsewhere and runs no script", () => {
    const page = htmlReport(inventedRun(), [], []);
    expect(page).not.toMatch(/<script|<link|<img|@import|url\(|src=|https?:/);
  });

  test("escapes whatever the run says", () => {
    const evil = `<script>alert("x")</script>`;
    const run = inventedRun({ blocks: 1 });
    const hostile: Run = {
      ...run,
      id: evil,
      options: { [evil]: [evil] },
      environment: { ...run.environment, cpu: evil, packages: { [evil]: evil } },
      servers: run.servers.map((server) => ({ ...server, summary: evil })),
      scenarios: run.scenarios.map((scenario) => ({
        ...scenario,
        question: evil,
        conditions: [evil],
        columns: scenario.columns.map((column) => ({ ...column, title: evil })),
      })),
      trials: run.trials.map((trial) => ({
        ...trial,
        clampedBecause: evil,
        outcome:
          trial.outcome.state === "completed"
            ? { ...trial.outcome, notes: [evil] }
            : { state: "failed", phase: "start", message: evil },
      })),
    };
    const page = htmlReport(hostile, [], [{ ...chart, description: `"${evil}` }]);
    expect(page).not.toContain("<script");
    expect(page).toContain("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;");
  });

  test("names its language and its title, and every table its caption and headers", () => {
    const page = htmlReport(inventedRun(), [], [chart]);
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(page).toContain("<title>The Evented Web, measured: run invented-0001</title>");
    expect(page.match(/<h1>/g)).toHaveLength(1);
    const tables = page.split("<table").slice(1);
    expect(tables).toHaveLength(5 * 2 + 1 + 3);
    for (const table of tables) {
      expect(table).toContain("<caption>");
      expect(table).toContain('scope="row"');
    }
    expect(page).toContain('role="img" aria-label="What it shows"');
  });

  test("links lead somewhere", () => {
    const page = htmlReport(inventedRun(), [], []);
    const targets = [...page.matchAll(/href="#([^"]+)"/g)].map((match) => match[1]);
    expect(targets).toHaveLength(10);
    for (const target of targets) expect(page).toContain(`id="${target}"`);
  });

  test("shows every state, the limits, the seed and the environment", () => {
    const page = htmlReport(inventedRun(), [], []);
    for (const text of [
      "failed (ramp); see below",
      "cgi: exempt: no connection outlives",
      "† bare: generator-bound",
      "* cgi: at 4 subscribers only",
      threadRemark,
      "What these numbers do not say",
      "<td>42</td>",
      "Invented CPU at 3.0 GHz",
      "not available here",
    ]) {
      expect(page).toContain(text);
    }
  });

  test("marks an incomplete run, and only that", () => {
    const run = inventedRun({ blocks: 1 });
    expect(htmlReport({ ...run, complete: false, trials: run.trials.slice(0, 3) }, [], [])).toContain(
      "INCOMPLETE.",
    );
    expect(htmlReport(run, [], [])).not.toContain("INCOMPLETE.");
  });
});
