import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { DrawnChart } from "../../../bench/charts/chart.ts";
import type { Claim } from "../../../bench/claims/claim.ts";
import { htmlReport, mostPageBytes } from "../../../bench/report/html.ts";
import { escapeHtml, html } from "../../../bench/report/html-template.ts";
import { parseRun } from "../../../bench/report/read-run.ts";
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
import { idleScript, pageOf } from "../fixtures/page.ts";
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
  svg: "<svg><style>svg{}</style></svg>\n",
  vega: {},
  table: { columns: ["server", "figure"], rows: [{ server: "ws", cells: ["ws", "1.5 ms"] }] },
};
/** It tells something to whoever points at it, and can look at some servers alone. */
const lively: DrawnChart = {
  ...chart,
  vega: {
    signals: [{ name: "focus", value: [] }],
    marks: [{ type: "symbol", encode: { update: { tooltip: { value: "</script><!-- 1.5 ms" } } } }],
  },
};

const evil = `<script>alert("x")</script>`;
/** Scripts of the page: its own and one for each lively chart. */
const scriptsOf = (page: string) => page.match(/<script[^>]*>/g) ?? [];

describe("the page", () => {
  test("is the same for the same run", () => {
    expect(pageOf(inventedRun(), [], [lively])).toBe(pageOf(inventedRun(), [], [lively]));
  });

  test("needs nothing from elsewhere, and may have nothing from there", () => {
    const page = pageOf(inventedRun(), [], [lively]);
    expect(page.replaceAll(/data:application\/gzip;base64,[\w+/=]+/g, "")).not.toMatch(
      /<img|@import|url\(|src=|https?:|href="(?!#|data:,|")/,
    );
    const hash = createHash("sha256").update(idleScript).digest("base64");
    expect(page).toContain(`content="default-src &#39;none&#39;; script-src &#39;sha256-${hash}&#39;;`);
    expect(scriptsOf(page)).toEqual(['<script type="application/gzip">', "<script>"]);
    expect(page).toContain(`<script>${idleScript}</script>`);
  });

  test("refuses a script that would end before its end", () => {
    const run = inventedRun({ blocks: 1 });
    const parts = { run, verdicts: [], charts: [] };
    expect(() => htmlReport({ ...parts, script: "'</SCRIPT>'" })).toThrow("got one with </SCRIPT");
  });

  test("escapes whatever the run says", () => {
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
    const table = { columns: [evil], rows: [{ server: evil, cells: [evil] }] };
    const page = pageOf(hostile, [], [{ ...chart, description: `"${evil}`, table }]);
    expect(scriptsOf(page)).toEqual(["<script>"]);
    expect(page).toContain("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;");
  });

  test("names its language and its title, and every table its caption and headers", () => {
    const page = pageOf(inventedRun(), [], [chart]);
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(page).toContain("<title>The Evented Web, measured: run invented-0001</title>");
    expect(page.match(/<h1>/g)).toHaveLength(1);
    const tables = page.split("<table").slice(1);
    expect(tables).toHaveLength(6 * 2 + 1 + 1 + 3);
    for (const table of tables) {
      expect(table).toContain("<caption>");
      expect(table).toContain('scope="row"');
    }
  });

  test("goes from the verdicts by way of the servers to the raw data, its headings one level at a time", () => {
    const page = pageOf(inventedRun(), [], [chart]);
    const places = ["verdicts", "servers", "limits", "calibration", "environment", "options", "data"];
    const found = [...page.matchAll(/<h2 id="([^"]+)"/g)].map(([, place]) => place);
    expect(found).toEqual(places);
    const levels = [...page.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
    const deeper = levels.slice(1).map((level, index) => level - (levels[index] ?? 0));
    expect(Math.max(...deeper)).toBe(1);
  });

  test("links lead somewhere, and to every part, table and chart there is one; no place is there twice", () => {
    const page = pageOf(inventedRun(), [], [chart]);
    const places = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, place]) => place);
    expect(new Set(places).size).toBe(places.length);
    const targets = [...page.matchAll(/href="#([^"]+)"/g)].map(([, place]) => place);
    for (const target of targets) expect(places).toContain(target);
    for (const [, place] of page.matchAll(/<(?:h2|h3|figure|div class="scroll") id="([^"]+)"/g))
      expect(targets, place).toContain(place);
  });

  test("shows every state, the limits, the seed and the environment", () => {
    const page = pageOf(inventedRun(), [], []);
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
    expect(pageOf({ ...run, complete: false, trials: run.trials.slice(0, 3) }, [], [])).toContain(
      "INCOMPLETE.",
    );
    expect(pageOf(run, [], [])).not.toContain("INCOMPLETE.");
  });

  test("offers every server to look at, and says of every row that is about one", () => {
    const run = inventedRun({ blocks: 1 });
    const page = pageOf(run, [], [chart]);
    for (const { name } of run.servers) {
      expect(page).toContain(`<input type="checkbox" name="server" value="${name}">`);
      // The table of servers, and of each scenario what was measured and what it cost.
      const tables = 1 + 6 * 2 + (name === "ws" ? 1 : 0);
      expect(page.match(new RegExp(`<tr data-server="${name}">`, "g"))).toHaveLength(tables);
    }
    expect(pageOf(runOfLab(), [], [])).not.toMatch(/<tr data-server="(?:loop|blocking)">/);
  });
});

describe("a chart on the page", () => {
  test("is a picture with a description, an address and the figures behind it", () => {
    const page = pageOf(inventedRun({ blocks: 1 }), [], [chart]);
    expect(page).toContain('<figure id="chart-drawn">');
    expect(page).toContain('role="img" aria-labelledby="chart-drawn-shows" tabindex="0"><svg></svg></div>');
    expect(page).toContain('<span id="chart-drawn-shows">What it shows</span>');
    expect(page).toContain(
      '<tr data-server="ws"><th scope="row" class="sentence">ws</th><td>1.5 ms</td></tr>',
    );
    expect(page).not.toContain("<script type=");
  });

  test("takes with it what it is drawn by, where somebody could point at something", () => {
    const page = pageOf(inventedRun({ blocks: 1 }), [], [lively]);
    const [, packed = ""] = /<script type="application\/gzip">([\w+/=]+)<\/script>/.exec(page) ?? [];
    expect(JSON.parse(gunzipSync(Buffer.from(packed, "base64")).toString())).toEqual(lively.vega);
    expect(page).toContain("← and → go through its figures");
  });

  test("stands once: with the first claim it bears on, else with its scenario; other places lead there", () => {
    const run = runOfLab();
    const of = (name: string, scenario: string, ...claims: string[]) => ({
      ...chart,
      name,
      scenario,
      claims,
    });
    const page = pageOf(run, verdictsOn(run), [
      of("verdict-board", "waiting", "waiting-idles"),
      of("first", "waiting", "never-measured", "nothing-lost", "waiting-idles"),
      of("second", "waiting"),
      of("third", "unheard-of"),
    ]);
    const order = [
      'h2 id="verdicts"',
      'figure id="chart-verdict-board"',
      'div class="scroll" id="table-verdicts"',
      'h3 id="claim-waiting-idles"',
      'a href="#chart-first"',
      'h3 id="claim-nothing-lost"',
      'figure id="chart-first"',
      'h2 id="servers"',
      'figure id="chart-third"',
      'h3 id="scenario-waiting"',
      'figure id="chart-second"',
      'a href="#chart-first"',
      'h2 id="limits"',
    ];
    let place = 0;
    for (const part of order) {
      place = page.indexOf(`<${part}`, place + 1);
      expect(place, part).toBeGreaterThan(0);
    }
    expect(page.match(/<figure/g)).toHaveLength(4);
  });
});

describe("the raw data", () => {
  const run = inventedRun({ blocks: 1 });

  test("are a part of the page, packed", () => {
    const page = pageOf(run, [], []);
    const [, name, data = ""] =
      /download="([^"]+)" href="data:application\/gzip;base64,([^"]+)"/.exec(page) ?? [];
    expect(name).toBe("invented-0001.run.json.gz");
    expect(parseRun(gunzipSync(Buffer.from(data, "base64")).toString(), "the page")).toEqual(run);
  });

  test("lie beside it where they would make it too large", () => {
    const script = `/*${" ".repeat(mostPageBytes - 200_000)}*/`;
    const page = htmlReport({ run: inventedRun({ blocks: 6 }), verdicts: [], charts: [], script });
    expect(page).not.toContain("data:application/gzip");
    expect(page).toContain("They lie beside this page, as <code>run.json</code>.");
  });
});

describe("the verdicts on the page", () => {
  const run = runOfLab();
  const page = pageOf(run, verdictsOn(run), []);

  test("stand before all scenarios, in a table that leads to each claim", () => {
    const order = ["verdicts", "claims", "claim-waiting-idles", "claim-cannot-be-told", "scenario-waiting"];
    const places = order.map((id) => page.search(new RegExp(`<h[23] id="${id}">`)));
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
    expect(pageOf(run, verdictsOn(run, [claim]), [])).toContain("not measured: there is no compiler");
  });

  test("explain an assumed interval where there is one", () => {
    expect(page).not.toContain("so the interval is assumed");
    const once = runOfLab(1);
    expect(pageOf(once, verdictsOn(once), [])).toContain("so the interval is assumed");
  });

  test("escape whatever a claim says", () => {
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
    expect(scriptsOf(pageOf(run, verdictsOn(run, [hostile]), []))).toEqual(["<script>"]);
  });

  test("are one sentence without evidence", () => {
    expect(pageOf(inventedRun(), [], [])).toContain("No claim of the talk has evidence in this run");
  });
});

test("a lab's arms are told under its question, and its tables have no I/O model", () => {
  const page = pageOf(runOfLab(), [], []);
  expect(page).toContain("<dt>blocking</dt><dd>one thread, which waits for each in turn</dd>");
  expect(page).toContain('<th scope="col">arm</th><th scope="col" class="figure">answers</th>');
});
