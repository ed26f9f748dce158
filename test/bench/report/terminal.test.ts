import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import { threadRemark } from "../../../bench/report/remarks.ts";
import { terminalReport, terminalVerdicts } from "../../../bench/report/terminal.ts";
import { assertionOf, claimOf, estimateOf, runOfLab, verdictsOn } from "../fixtures/claims.ts";
import { completedWith, runWith, trialWith } from "../fixtures/one-cell.ts";
import { inventedRun } from "../fixtures/run.ts";

const plain = { colour: false };
/** Lines that were broken to the width of a terminal, as one. */
const unwrapped = (text: string) => text.replace(/\s+/g, " ");

describe("the report on the terminal", () => {
  test.each([1, 3, 6, 10])("no line is wider than 100 columns with %d trials a cell", (blocks) => {
    const lines = terminalReport(inventedRun({ blocks }), plain).split("\n");
    expect(lines.filter((line) => line.length > 100)).toEqual([]);
    expect(lines.filter((line) => line !== line.trimEnd())).toEqual([]);
  });

  test("names every scenario's question and every server in every table", () => {
    const run = inventedRun();
    const text = terminalReport(run, plain);
    for (const { question } of run.scenarios) expect(text).toContain(question);
    for (const { name } of run.servers) expect(text.split(`\n${name}`).length - 1).toBeGreaterThanOrEqual(5);
  });

  test("shows every state with its reason", () => {
    const text = unwrapped(terminalReport(inventedRun(), plain));
    expect(text).toContain("failed (ramp)");
    expect(text).toContain("threads-polling: failed in phase ramp: expected 128 subscribers within 30 s");
    expect(text).toContain("cgi: exempt: no connection outlives its request");
    expect(text).toContain("* cgi: at 4 events per second, 4 subscribers only: each request starts");
    expect(text).toContain("† bare: generator-bound");
    expect(text).toContain("‡ socketio-polling: 9 events missing");
    expect(text).toContain("‡ comet: 1 of 3 trials failed; in phase verify: expected status 202, got 500.");
    expect(text).toContain("not read");
  });

  test("the thread servers' memory never stands without its remark", () => {
    expect(unwrapped(terminalReport(inventedRun(), plain))).toContain(threadRemark);
    const withoutThreads = runWith([
      trialWith(completedWith({ bytesPerConnection: 6_000 }), { scenario: "connections" }),
    ]);
    expect(unwrapped(terminalReport(withoutThreads, plain))).not.toContain("isolates");
  });

  test("says that a run is incomplete, and what was not run", () => {
    const run = inventedRun({ blocks: 1 });
    const cut = {
      ...run,
      complete: false,
      trials: run.trials.filter(({ arm }) => arm === "polling").slice(0, 2),
    };
    const text = unwrapped(terminalReport(cut, plain));
    expect(text).toContain("This run is incomplete");
    expect(text).toContain("cgi: not run: the run ended before its turn.");
    expect(text).toContain("Not run: the run ended before this scenario began.");
  });

  test("one trial has no range", () => {
    const text = terminalReport(runWith([trialWith(completedWith({ perSecond: 5_000 }))]), plain);
    expect(text).toContain("At 8 connections; n = 1 trial:");
    expect(text).not.toContain("–");
  });

  test("the best is bold", () => {
    const trials = [1, 2, 3, 4, 5].flatMap((block) => [
      trialWith(completedWith({ perSecond: 8_000 + block }), { arm: "ws", block }),
      trialWith(completedWith({ perSecond: 7_000 + block }), { arm: "tcp", block }),
    ]);
    const text = terminalReport(runWith(trials, ["ws", "tcp"]), { colour: true });
    expect(text).toContain("\u001b[1m8,003 /s\u001b[22m");
    expect(text).not.toContain("\u001b[1m7,003 /s");
  });

  test("colour adds weight and nothing else", () => {
    const run = inventedRun();
    const coloured = terminalReport(run, { colour: true });
    expect(coloured).toContain("\u001b[1m");
    expect(stripVTControlCharacters(coloured).replace(/ +$/gm, "")).toBe(terminalReport(run, plain));
  });
});

describe("labs on the terminal", () => {
  const lab = runOfLab();

  test("are shown to whoever asked for them alone, by their arms", () => {
    const text = terminalReport(lab, plain);
    expect(text).toMatch(/^arm +answers$/m);
    expect(text).toMatch(/^blocking +12 \/s$/m);
    expect(text).not.toContain("I/O model");
    expect(text).not.toContain("What each answer cost");
  });

  test("stand elsewhere where servers were measured too", () => {
    const servers = inventedRun();
    const scenarios = [...servers.scenarios, ...lab.scenarios];
    const text = unwrapped(
      terminalReport({ ...servers, scenarios, trials: [...servers.trials, ...lab.trials] }, plain),
    );
    expect(text).not.toContain("blocking");
    expect(text).toContain("and the summary, and so does what 1 lab measured (waiting).");
  });
});

describe("the verdicts on the terminal", () => {
  const endless = claimOf("endless", () => ({ assertions: [assertionOf(estimateOf(1e9, 9e8, 1.1e9))] }), {
    title: "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft",
    said2011: "a figure without a space:1,234,567,890,123,456,789",
    slides: [41, 42, 43, 44, 45, 46, 47, 48],
  });

  test.each([1, 6])(
    "no line is wider than 100 columns, and nothing is cut, with %d trials a cell",
    (blocks) => {
      const run = runOfLab(blocks);
      const text = terminalVerdicts(run, [...verdictsOn(run), ...verdictsOn(run, [endless])], plain);
      const lines = text.split("\n");
      expect(lines.filter((line) => line.length > 100)).toEqual([]);
      expect(lines.filter((line) => line !== line.trimEnd())).toEqual([]);
      const firstColumn = lines.map((line) => line.slice(0, 37).trim()).join("");
      expect(firstColumn).toContain(endless.title);
    },
  );

  test("end with what they come to, and what would settle the open ones", () => {
    const run = runOfLab(1);
    const text = terminalVerdicts(run, verdictsOn(run), plain);
    expect(text).toMatch(
      /^A server that blocks while it waits +240,000,000 cycles +≈ 193× \(96\.7–387\) +inconclusive$/m,
    );
    expect(text).toContain("\n4 claims: 0 confirmed, 1 refuted, 3 inconclusive;");
    expect(text).toContain("\n≈ of fewer than 6 trials");
    expect(text).toContain("\n- npm run bench -- --profile standard: “A server that blocks");
  });

  test("are one line where there is no evidence", () => {
    const run = runWith([trialWith(completedWith({ perSecond: 5_000 }))]);
    expect(terminalVerdicts(run, [], plain)).toBe(
      "No claim of the talk has evidence in this run; `npm run bench` measures all of them.\n",
    );
  });

  test("of an incomplete run say so", () => {
    const run = { ...runOfLab(), complete: false };
    expect(terminalVerdicts(run, verdictsOn(run), plain)).toContain("what this incomplete run says of it");
  });

  test("colour adds weight and nothing else", () => {
    const run = runOfLab();
    const coloured = terminalVerdicts(run, verdictsOn(run), { colour: true });
    expect(coloured).toContain("\u001b[32mconfirmed\u001b[39m");
    expect(coloured).toContain("\u001b[31mrefuted\u001b[39m");
    expect(stripVTControlCharacters(coloured).replace(/ +$/gm, "")).toBe(
      terminalVerdicts(run, verdictsOn(run), plain),
    );
  });
});
