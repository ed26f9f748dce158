import { describe, expect, test } from "vitest";
import { loadCharts } from "../../../bench/charts/index.ts";
import { calibratedText, isCalibrated, uncalibratedText } from "../../../bench/report/calibration.ts";
import { markdownSummary } from "../../../bench/report/summary.ts";
import { terminalReport } from "../../../bench/report/terminal.ts";
import type { Calibration, Run } from "../../../bench/result.ts";
import { failedCalibration, overLan, passedCalibration } from "../fixtures/calibrations.ts";
import { pageOf } from "../fixtures/page.ts";
import { inventedRun } from "../fixtures/run.ts";

const runWith = (...calibrations: Calibration[]) => inventedRun({ blocks: 1, calibrations });

describe("a run is calibrated", () => {
  test.each<[string, Calibration[], boolean]>([
    ["when every check passed", [passedCalibration], true],
    ["when every check of all its starts passed", [passedCalibration, passedCalibration], true],
    ["but not when one check of one start was off", [passedCalibration, failedCalibration], false],
    ["but not without a calibration", [], false],
    ["but not by a calibration without a check", [{ ...passedCalibration, checks: [] }], false],
  ])("%s", (_, calibrations, calibrated) => {
    const run = runWith(...calibrations);
    expect(isCalibrated(run)).toBe(calibrated);
    expect(calibratedText(run) === undefined).toBe(!calibrated);
    expect(uncalibratedText(run) === undefined).toBe(calibrated);
  });
});

describe("what is said of it", () => {
  test("how much of what is allowed the worst check used", () => {
    expect(calibratedText(runWith(passedCalibration))).toBe(
      "Calibrated: 4 checks passed, worst used 41 % of what is allowed.",
    );
    const exact = passedCalibration.checks.filter(({ allowed }) => allowed === 0);
    expect(calibratedText(runWith({ ...passedCalibration, checks: exact }))).toBe(
      "Calibrated: 1 check passed, worst used 0 % of what is allowed.",
    );
  });

  test("that there was none", () => {
    expect(uncalibratedText(runWith())).toBe(
      "This run is uncalibrated: no calibration was made. An uncalibrated run gives no verdicts.",
    );
  });

  test("which check was off, by digits enough to see it", () => {
    expect(uncalibratedText(runWith(passedCalibration, failedCalibration))).toBe(
      "This run is uncalibrated: 1 of 8 checks was off (median latency, server delays by 5 ms: expected 5.214 ms, " +
        "measured 5.72 ms, allowed ± 0.404 ms). An uncalibrated run gives no verdicts.",
    );
  });
});

async function outputsOf(run: Run): Promise<Record<string, string>> {
  return {
    terminal: terminalReport(run, { colour: false }).replace(/\s+/g, " "),
    page: pageOf(run, [], []).replace(/<\/?strong>/g, ""),
    summary: markdownSummary(run, []).replace(/\*\*/g, ""),
    // Their words are in what they are drawn from: drawing them all takes seconds.
    ...Object.fromEntries(
      (await loadCharts()).flatMap((chart) => {
        const picture = chart.picture(run);
        return picture === undefined ? [] : [[chart.name, JSON.stringify(picture.spec)]];
      }),
    ),
  };
}

describe("every output", () => {
  test("says of an uncalibrated run that it is one; all but the charts say why, above every figure", async () => {
    for (const [name, text] of Object.entries(await outputsOf(runWith(failedCalibration)))) {
      expect(text, name).toContain("UNCALIBRATED");
      if (!["terminal", "page", "summary"].includes(name)) continue;
      expect(text, name).toContain("UNCALIBRATED. This run is uncalibrated: 1 of 4 checks was off (median");
      expect(text.indexOf("UNCALIBRATED"), name).toBeLessThan(text.indexOf("How long does an event take"));
    }
  });

  test("says nothing of the kind of a calibrated one", async () => {
    const outputs = await outputsOf(runWith(passedCalibration));
    for (const [name, text] of Object.entries(outputs)) expect(text, name).not.toMatch(/uncalibrated/i);
    for (const name of ["terminal", "page", "summary"]) {
      expect(outputs[name], name).toContain("Calibrated: 4 checks passed");
    }
  });

  test("names the network", async () => {
    for (const [name, text] of Object.entries(await outputsOf(inventedRun({ blocks: 1, ...overLan })))) {
      expect(text, name).toContain("network: lan (round trip 0.5 ms, 1 Gbit/s)");
    }
  });
});

describe("the page", () => {
  test("has every check of every start, and what was off", () => {
    const page = pageOf(runWith(passedCalibration, failedCalibration), [], []);
    expect(page.match(/<span>Calibration of /g)).toHaveLength(2);
    expect(page.match(/± 0.404 ms/g)).toHaveLength(2 + 2);
    expect(page.match(/no, off/g)).toHaveLength(1);
    expect(page.match(/>yes</g)).toHaveLength(7);
  });

  test("has the relay's accuracy where there is a relay, and no longer says that there is none", () => {
    const over = pageOf(inventedRun({ blocks: 1, ...overLan }), [], []);
    expect(over).toContain(
      "asked for a round trip of 0.5 ms, and gave a median of 0.612 ms and a p99 of 0.94 ms in 200 samples",
    );
    expect(over).toContain("How it is over any other network.");
    expect(over).not.toContain("talk over loopback");
    const without = pageOf(runWith(passedCalibration), [], []);
    expect(without).not.toContain("The relay");
    expect(without).toContain("talk over loopback");
  });
});
