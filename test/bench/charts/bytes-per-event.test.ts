import { describe, expect, test } from "vitest";
import chart from "../../../bench/charts/bytes-per-event.ts";
import { compiled, drawSvg } from "../../../bench/charts/drawing/draw.ts";
import { messageBytesOf } from "../../../bench/charts/message-bytes.ts";
import { cellsOf } from "../../../bench/report/cells.ts";
import type { Run } from "../../../bench/result.ts";
import { runMeasuring } from "../fixtures/measured.ts";
import { textsOfSvg } from "../fixtures/texts-of-svg.ts";

const at = (arm: string, figures: Record<string, number | number[]>, clients = 50) => ({
  ...{ scenario: "bytes", arm, point: { clients }, figures },
});
const ws = at("ws", { applicationBytes: 23, headerBytes: 2, packets: 2, wireBytes: 127 });
const poll = at("poll-2009", { applicationBytes: 930, headerBytes: 909, packets: 3, wireBytes: 1_086 });
const closing = at("poll-close", {
  ...{ applicationBytes: 688, headerBytes: 667, packets: 10 },
  wireBytes: [1_210, 1_220, 1_222, 1_226, 1_230, 1_240],
});

async function textsOf(run: Run): Promise<string[]> {
  const picture = chart.picture(run);
  return picture === undefined ? [] : textsOfSvg(await drawSvg(compiled(picture.spec)));
}

describe("bytes-per-event", () => {
  test("parts a message into payload, headers, and what TCP and IP add", () => {
    const [cell] = cellsOf(runMeasuring([poll]), "bytes");
    const read = cell === undefined ? undefined : messageBytesOf(cell);
    const { payload, header, network, total } = read ?? {};
    expect([payload, header, network, total].map((part) => part?.median)).toEqual([21, 909, 156, 1_086]);
  });

  test("stacks the parts from 0, and divides the last by its packets", () => {
    const spec = JSON.stringify(chart.picture(runMeasuring([ws, poll]))?.spec);
    expect(spec).toContain('"part":"payload","from":0,"to":21');
    expect(spec).toContain('"part":"headers and framing","from":21,"to":930');
    expect(spec).toContain('"part":"TCP and IP, a cell a packet","from":930,"to":1086');
    expect([...spec.matchAll(/"at":([\d.]+)/g)].map(([, cut]) => Number(cut))).toEqual([75, 982, 1034]);
    expect(spec).toContain('"zero":true');
  });

  test("labels totals with their interval, and how many times that of ws they are", async () => {
    const texts = await textsOf(runMeasuring([ws, poll, closing]));
    for (const text of ["127 B", "1,086 B", "1,224 B", "1,210–1,240", "8.55×", "1.00×", "909 B", "156 B"])
      expect(texts).toContain(text);
    expect(texts.join(" ")).toContain("The message itself is 21 B.");
    expect(texts.join(" ")).toContain("n = 6 trials");
  });

  test("has each point in its table, and draws the one with the most arms", async () => {
    const run = runMeasuring([ws, poll, closing, at("ws", { ...ws.figures }, 1_000)]);
    const rows = chart.picture(run)?.table.rows.map(({ cells }) => cells) ?? [];
    expect(rows).toHaveLength(4);
    expect(rows).toContainEqual([
      ...["50 clients", "poll-2009", "21 B (n = 6)", "909 B (n = 6)", "156 B (n = 6)", "3 (3, n = 6)"],
      ...["1,086 B (n = 6)", "8.55× (n = 6)"],
    ]);
    expect((await textsOf(run)).join(" ")).toContain("The table has 1,000 clients too.");
  });

  test("says what stands in place of a bar", async () => {
    const run = runMeasuring([ws, poll, closing]);
    const trials = run.trials.flatMap((trial) => {
      const failed = { state: "failed", phase: "measure", message: "port taken" } as const;
      if (trial.arm === "poll-2009") return [{ ...trial, outcome: failed }];
      return trial.arm === "ws" ? [trial] : [];
    });
    const texts = await textsOf({ ...run, trials });
    expect(texts).toContain("failed (measure): port taken");
    expect(texts).toContain("not run");
  });

  test("is without TCP and IP where these cannot be counted, and says so", async () => {
    const [of, over] = [ws, poll].map(({ figures: { applicationBytes = 0, headerBytes = 0 }, arm }) =>
      at(arm, { applicationBytes, headerBytes }),
    );
    const texts = await textsOf(runMeasuring([of ?? ws, over ?? poll]));
    expect(texts.join(" ")).toContain("What TCP and IP add cannot be counted on this machine");
    expect(texts).toContain("930 B");
  });

  test("is not drawn of a run without the lab", () => {
    expect(chart.picture(runMeasuring([]))).toBeUndefined();
  });
});
