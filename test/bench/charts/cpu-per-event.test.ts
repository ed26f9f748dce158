import { describe, expect, test } from "vitest";
import chart from "../../../bench/charts/cpu-per-event.ts";
import { compiled, drawSvg } from "../../../bench/charts/drawing/draw.ts";
import type { Run } from "../../../bench/result.ts";
import { completedWith, runWith, trialWith } from "../fixtures/one-cell.ts";
import { inventedRun } from "../fixtures/run.ts";
import { textsOfSvg } from "../fixtures/texts-of-svg.ts";

async function textsOf(run: Run): Promise<string[]> {
  const picture = chart.picture(run);
  return picture === undefined ? [] : textsOfSvg(await drawSvg(compiled(picture.spec)));
}

const delivery = { scenario: "delivery", point: { eventsPerSecond: 200, subscribers: 10 } };
const fanOut = { scenario: "fan-out", point: { subscribers: 200 } };

describe("cpu-per-event", () => {
  test("sets three figures side by side, and says what each contains", async () => {
    const run = runWith([
      trialWith(completedWith({ cpuPerEventUs: 190.3 })),
      trialWith(completedWith({ cpuPerEventUs: 778 }), delivery),
      trialWith(completedWith({ cpuPerDeliveryUs: 9.27 }), fanOut),
    ]);
    const texts = await textsOf(run);
    for (const text of [
      ...["each delivery", "200 subscribers", "9.3 µs"],
      ...["each webhook taken in", "8 connections", "190 µs"],
      ...["each event pushed", "200 events per second, 10", "subscribers"],
    ])
      expect(texts).toContain(text);
    expect(texts).toContain("778 µs");
    expect(texts.join(" ")).toContain("each webhook taken in: an unsigned webhook at full load");
    expect(chart.picture(run)?.table.rows.map(({ cells }) => cells)).toEqual([
      ["each webhook taken in", "8 connections", "ws", "190 µs (n = 1)"],
      ["each event pushed", "200 events per second, 10 subscribers", "ws", "778 µs (n = 1)"],
      ["each delivery", "200 subscribers", "ws", "9.3 µs (n = 1)"],
    ]);
  });

  test("draws the largest load, and has the others in its table", async () => {
    const run = runWith(
      [10, 500].map((subscribers) =>
        trialWith(completedWith({ cpuPerEventUs: 70 * subscribers }), {
          ...delivery,
          point: { eventsPerSecond: 20, subscribers },
        }),
      ),
    );
    const texts = await textsOf(run);
    expect(texts).toContain("35,000 µs");
    expect(texts).not.toContain("700 µs");
    expect(chart.picture(run)?.table.rows).toHaveLength(2);
  });

  test("names what failed, was exempt, not read or not run", async () => {
    const run = runWith(
      [
        trialWith({ state: "failed", phase: "start", message: "port taken" }),
        trialWith({ state: "exempt", reason: "none" }, { arm: "tcp" }),
        trialWith(completedWith({}), { arm: "comet" }),
        trialWith(completedWith({ cpuPerEventUs: 0 }), { arm: "polling" }),
      ],
      ["ws", "tcp", "comet", "polling", "cgi"],
    );
    const texts = await textsOf(run);
    for (const text of [
      ...["failed (start): port taken", "exempt: none", "not read", "0 µs: not above 0", "not run"],
    ])
      expect(texts).toContain(text);
  });

  test("marks and strikes through what the generator may have decided, and says in which column", async () => {
    const bound = trialWith(completedWith({ cpuPerEventUs: 70 }, { generatorBound: true }));
    const texts = await textsOf(runWith([bound]));
    expect(texts).toContain("70 µs †");
    expect(texts.join(" ")).toContain("† each webhook taken in: ws: generator-bound");
    expect(texts.join(" ")).toContain(
      "Struck through: something else than the server may have decided it (†).",
    );
    const struck = (run: Run) => JSON.stringify(chart.picture(run)?.spec).split("M-1,1L1,-1").length - 1;
    expect(struck(runWith([bound]))).toBe(2);
    expect(JSON.stringify(chart.picture(runWith([bound]))?.spec)).toContain('"doubtful":true');
  });

  test("says of threads what they are, and of each server which it is", async () => {
    const texts = await textsOf(inventedRun());
    expect(texts.join(" ")).toContain("Threads here are V8 isolates");
    for (const { name } of inventedRun().servers) expect(texts).toContain(name);
  });
});
