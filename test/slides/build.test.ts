import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, describe, expect, it } from "vitest";
import { claims } from "../../bench/claims/index.ts";
import type { Run } from "../../bench/result.ts";
import { buildDeck } from "../../slides/build/build-deck.ts";
import { deckRun } from "../../slides/build/deck-run.ts";
import { renderMarkdown } from "../../slides/build/markdown.ts";
import { parseSection } from "../../slides/build/sections.ts";
import { runMeasuring } from "../bench/fixtures/measured.ts";
import { inventedRun } from "../bench/fixtures/run.ts";

const folders: string[] = [];

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true });
});

async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "slides-test-"));
  folders.push(folder);
  return folder;
}

async function filesOf(folder: string): Promise<Map<string, string>> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(
      files.sort().map(async (file) => [file.slice(folder.length), await readFile(file, "base64")] as const),
    ),
  );
}

/** A deck of one section. */
async function buildFrom(text: string, run: Run = inventedRun({ blocks: 1 })): Promise<string> {
  const source = await temporaryFolder();
  await writeFile(join(source, "01-only.md"), text);
  const folder = join(source, "built");
  await mkdir(folder);
  await buildDeck(run, folder, {}, pathToFileURL(`${source}/`));
  return readFile(join(folder, "index.html"), "utf8");
}

async function rendered(text: string, run: Run) {
  return renderMarkdown(await deckRun(run, {}), "slide 1 of slides/deck/01-only.md", text);
}

describe("the deck's build", () => {
  it("fills every placeholder from a run that measured little, and shows every claim", async () => {
    const folder = await temporaryFolder();
    await buildDeck(inventedRun({ blocks: 1 }), folder, {});
    const page = await readFile(join(folder, "index.html"), "utf8");
    expect(page).not.toContain("{{");
    for (const { title } of claims) expect(page).toContain(title.replaceAll("'", "&#39;"));
    expect(page).toContain("not measured in this run");
  });

  it("is the same for the same run, and loads only what lies beside it", async () => {
    const [one, other] = [await temporaryFolder(), await temporaryFolder()];
    await buildDeck(inventedRun(), one, {});
    await buildDeck(inventedRun(), other, {});
    const files = await filesOf(one);
    expect(await filesOf(other)).toEqual(files);
    const page = await readFile(join(one, "index.html"), "utf8");
    const loaded = [...page.matchAll(/<(?:link|script|img)[^>]+(?:href|src)="(?!data:)([^"]+)"/g)].map(
      ([, file]) => `/${file}`,
    );
    expect(loaded.length).toBeGreaterThan(5);
    expect([...files.keys()]).toEqual(expect.arrayContaining(loaded));
  });

  it("shows a claim's verdict, figure and threshold", async () => {
    const page = await buildFrom("## One\n\n{{ claim websocket-headers }}\n\nNote: (1 min) said");
    expect(page).toContain(
      "<h3>WebSocket takes hundreds of times fewer header bytes <small>slide 25</small></h3>",
    );
    expect(page).toContain("500:1; its example 435:1 (871 to 2)");
    expect(page).toContain("holds if at least 200×");
  });

  it("puts the source of a fact below the slide, or below the notes", async () => {
    const page = await buildFrom(
      "## One\n\n{{ fact article-header-ratio }}\n\nNote: (1 min) {{ fact ladder-clock }}\n\n---\n\n## Two\n\nNote: (1 min) said",
    );
    expect(page).toMatch(
      /<footer><p>Source: P\. Lubbers and F\. Greco, websocket\.org\/quantum\.html<\/p>\s*<\/footer>/,
    );
    expect(page).toMatch(
      /<aside class="notes">\s*<p><span class="figure">3 GHz<\/span><\/p>\s*<p>Source: G\. Duarte, 2008<\/p>/,
    );
    expect(page.match(/<footer>/g)).toHaveLength(1);
  });

  it("parts a slide into columns", async () => {
    const page = await buildFrom("## One\n\n|||\n\nleft\n\n|||\n\nright\n\nNote: (1 min) said");
    expect(page).toMatch(/<div class="body columns">\s*<div><p>left<\/p>\s*<\/div>\s*<div><p>right<\/p>/);
  });
});

describe("a placeholder", () => {
  const run = runMeasuring([
    {
      scenario: "waiting",
      arm: "event-loop",
      point: { clients: 200, queryMs: 5 },
      figures: { perSecond: 20_000 },
    },
    {
      scenario: "waiting",
      arm: "event-loop",
      point: { clients: 200, queryMs: 80 },
      figures: { perSecond: 2_400 },
    },
    {
      scenario: "waiting",
      arm: "blocking-loop",
      point: { clients: 200, queryMs: 80 },
      figures: { perSecond: 12 },
    },
  ]);

  it.each([
    ["{{ figure waiting event-loop perSecond queryMs=80 }}", "2,400 /s"],
    ["{{ figure waiting event-loop perSecond queryMs=5 }}", "20,000 /s"],
    ["{{ figure waiting event-loop perSecond }}", "2,400 /s"],
    ["{{ ratio waiting event-loop/blocking-loop perSecond queryMs=80 }}", "200×"],
    ["{{ figure waiting pool-4 perSecond }}", "not measured"],
    ["{{ figure waiting event-loop perSecond queryMs=7 }}", "not measured"],
    ["{{ figure delivery ws p99Ms }}", "not measured"],
    ["{{ count claims }}", String(claims.length)],
    ["{{ verdict waiting-limits-throughput }}", "inconclusive"],
    ["{{ fact article-header-ratio }}", "435:1"],
  ])("%s brings “%s”", async (text, words) => {
    const { html } = await rendered(`before ${text}, after`, run);
    expect(html.replace(/<[^>]*>/g, "").trim()).toBe(`before ${words}, after`);
  });

  it("tells interval and n to those who look closer", async () => {
    const { html } = await rendered("{{ figure waiting event-loop perSecond queryMs=80 }}", run);
    expect(html).toContain('title="event-loop, answers: 2,400 /s (2,400 /s, n = 6)"');
  });

  it("is a sentence where the run has nothing for its chart", async () => {
    const { html } = await rendered("{{ chart wasted-polls }}", run);
    expect(html).toContain("The chart of boiling stands here: not measured in this run.");
  });

  it("stands as it is in code", async () => {
    expect((await rendered("`{{ claim x }}`", run)).html).toContain("<code>{{ claim x }}</code>");
  });

  it.each([
    ["{{ nonsense }}", "a placeholder, one of claim, chart"],
    ["{{ claim nonsense }}", "the name of a claim, one of dynamic-duo"],
    ["{{ chart nonsense }}", "the name of a chart, one of "],
    ["{{ measured }}", "the name of a claim"],
    [
      "{{ finding waiting-limits-throughput nonsense }}",
      "a figure of waiting-limits-throughput, one of event loop",
    ],
    ["{{ figure nonsense ws p99Ms }}", "the name of a scenario or a lab, one of delivery"],
    ["{{ figure delivery nonsense p99Ms }}", "an arm of delivery, one of polling"],
    ["{{ figure delivery ws nonsense }}", "a figure of delivery, one of p50Ms"],
    ["{{ figure waiting event-loop perSecond queryMs=often }}", "a coordinate, such as queryMs=80"],
    ["{{ ratio waiting event-loop perSecond }}", "two arms, such as comet/ws"],
    ["{{ count nonsense }}", "what to count, one of claims"],
    ["{{ fact nonsense }}", "a fact of slides/facts.ts, one of kettle-questions"],
    ["{{ live nonsense }}", "dashboard or compare"],
  ])("that cannot be filled names its place: %s", async (text, expected) => {
    const filling = rendered(`\n${text}\n`, run);
    await expect(filling).rejects.toThrow(expected);
    await expect(filling).rejects.toThrow(`${text}, slide 1 of slides/deck/01-only.md`);
  });
});

describe("a deck that cannot be built", () => {
  it.each([
    ["## One\n\ntext", 'one line "Note: (1 min) ..." in slide 1 of'],
    ["## One\n\nNote: said", "slide 1 of"],
    ["## One\n\nNote: (1 min) a\n\n---\n\n## One\n\nNote: (1 min) b", "a heading of its own on slide 2 of"],
    ["text\n\nNote: (1 min) a", "a heading of its own on slide 1 of"],
    ["## One\n\n871 bytes\n\nNote: (1 min) a", "“871” in line 3"],
  ])("says so: %j", async (text, message) => {
    await expect(buildFrom(text)).rejects.toThrow(message);
  });
});

it("reads a section's name and slides from its file", () => {
  const section = parseSection(
    "slides/deck/04-push-to-browsers.md",
    "## A\n\nNote: (1.5 min) x\n---\n## B {{ count claims }}\n\nNote: (1 min) y\n",
  );
  expect(section.title).toBe("Push to browsers");
  expect(section.slides.map(({ title, minutes }) => [title, minutes])).toEqual([
    ["A", 1.5],
    ["B", 1],
  ]);
});
