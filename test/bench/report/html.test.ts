import { describe, expect, test } from "vitest";
import type { DrawnChart } from "../../../bench/charts/chart.ts";
import type { Claim } from "../../../bench/claims/claim.ts";
import { htmlReport } from "../../../bench/report/html.ts";
import { escapeHtml, html } from "../../../bench/report/html-template.ts";
import { threadRemark } from "../../../bench/report/remarks.ts";
import type { Run } from "../../../bench/result.ts";
import {
  assertionOf,
  claimOf,
  estimateOf,
  inventedClaims,
  runOfLab,
  verdictsOn,
} from "../fixtures/claims.ts";
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

const chart: DrawnChart = {
  name: "drawn",
  scenario: "ingest",
  claims: [],
  description: "What it shows",
  svg: "<svg></svg>",
  vega: {},
  table: { columns: ["server"], rows: [{ server: "ws", cells: ["ws"] }] },
};

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
    expect(tables).toHaveLength(6 * 2 + 1 + 3);
    for (const table of tables) {
      expect(table).toContain("<caption>");
      expect(table).toContain('scope="row"');
    }
    expect(page).toContain('role="img" aria-label="What it shows"');
  });

  test("links lead somewhere", () => {
    const page = htmlReport(inventedRun(), [], []);
    const targets = [...page.matchAll(/href="#([^"]+)"/g)].map((match) => match[1]);
    expect(targets).toHaveLength(11);
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

describe("the verdicts on the page", () => {
  const run = runOfLab();
  const page = htmlReport(run, verdictsOn(run), []);

  test("stand before all scenarios, in a table that leads to each claim", () => {
    const order = ["verdicts", "claim-waiting-idles", "claim-cannot-be-told", "scenario-waiting"];
    const places = order.map((id) => page.indexOf(`<h2 id="${id}">`));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(page).toContain('<a href="#claim-nothing-lost">None is lost (slide 4)</a>');
    expect(page).not.toContain("claim-never-measured");
  });

  test("links lead somewhere", () => {
    const targets = [...page.matchAll(/href="#([^"]+)"/g)].map((match) => match[1]);
    expect(targets).toContain("scenario-waiting");
    for (const target of targets) expect(page).toContain(`id="${target}"`);
  });

  test("say all that a reader needs who has never seen the talk", () => {
    const [claim] = inventedClaims;
    for (const text of [
      claim?.statement,
      claim?.background,
      claim?.method,
      claim?.wouldChange,
      claim?.said2011,
    ])
      expect(page).toContain(text);
    for (const text of [
      "confirmed</strong>",
      "195× (193–198)</td><td>6</td>",
      "at least 100×",
      "two orders of magnitude",
      '<td class="holds yes">yes</td>',
      "To be read beside it",
      "Each answer waits 80 ms for something else.",
      "loop over pool: the interval lies on both sides of the threshold. What would settle it: <code>npm run bench",
      "What would settle it: a machine with a disk of its own.",
    ])
      expect(page).toContain(text);
  });

  test("say why a figure is missing", () => {
    const claim = claimOf("half", () => ({
      assertions: [assertionOf(estimateOf(100, 90, 110)), assertionOf({ missing: "there is no compiler" })],
    }));
    expect(htmlReport(run, verdictsOn(run, [claim]), [])).toContain("not measured: there is no compiler");
  });

  test("explain an assumed interval where there is one", () => {
    expect(page).not.toContain("so the interval is assumed");
    const once = runOfLab(1);
    expect(htmlReport(once, verdictsOn(once), [])).toContain("so the interval is assumed");
  });

  test("escape whatever a claim says", () => {
    const evil = `<script>alert("x")</script>`;
    const hostile: Claim = {
      ...claimOf(evil, (evidence) => {
        const [assertion] = inventedClaims[2]?.judge(evidence).assertions ?? [];
        const unread = { what: evil, unit: "ms", estimate: { missing: evil } } as const;
        return {
          assertions: assertion === undefined ? [] : [{ ...assertion, what: evil, because: evil }],
          beside: [unread],
        };
      }),
      ...{ title: evil, statement: evil, background: evil, said2011: evil, method: evil },
      ...{ wouldChange: evil, beyondProfiles: evil },
    };
    expect(htmlReport(run, verdictsOn(run, [hostile]), [])).not.toContain("<script");
  });

  test("are one sentence without evidence", () => {
    expect(htmlReport(inventedRun(), [], [])).toContain("No claim of the talk has evidence in this run");
  });
});

test("a lab's arms are told under its question, and its tables have no I/O model", () => {
  const page = htmlReport(runOfLab(), [], []);
  expect(page).toContain("<dt>blocking</dt><dd>one thread, which waits for each in turn</dd>");
  expect(page).toContain('<th scope="col">arm</th><th scope="col" class="figure">answers</th>');
});
