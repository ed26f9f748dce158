import { expect, test } from "vitest";
import { compiled, drawSvg } from "../../../bench/charts/drawing/draw.ts";
import chart from "../../../bench/charts/ingest.ts";
import { completedWith, runWith, trialWith } from "../fixtures/one-cell.ts";
import { inventedRun } from "../fixtures/run.ts";
import { textsOfSvg } from "../fixtures/texts-of-svg.ts";

const slash = "M-1,1L1,-1";

function dataOfStrikes(run: Parameters<typeof chart.picture>[0]): string[] {
  const spec = JSON.stringify(chart.picture(run)?.spec);
  return [
    ...spec.matchAll(/"data":\{"values":(\[[^\]]*\])\},"mark":\{"type":"point","shape":"([^"]+)"/g),
  ].flatMap(([, values = "", shape]) => (shape === slash ? [values] : []));
}

test("strikes through what the generator, or something else than the CPU, may have decided", async () => {
  const strikes = dataOfStrikes(inventedRun());
  expect(strikes).toHaveLength(2);
  for (const values of strikes) {
    const names = [...values.matchAll(/"server":"([^"]+)"/g)].map(([, name]) => name);
    expect(names).toEqual(["bare", "threads-comet"]);
  }
  const { spec } = chart.picture(inventedRun()) ?? {};
  if (spec === undefined) throw new Error("expected a picture of the invented run, got none");
  const texts = textsOfSvg(await drawSvg(compiled(spec))).join(" ");
  expect(texts).toContain("Struck through: something else than the server may have decided it (†, ◊).");
  expect(texts).toContain("Threads here are V8 isolates");
});

test("says nothing of strikes where there is none", () => {
  const run = runWith([trialWith(completedWith({ perSecond: 5_000 }))]);
  expect(dataOfStrikes(run)).toEqual(["[]", "[]"]);
  expect(JSON.stringify(chart.picture(run)?.spec)).not.toContain("Struck through");
});

test("fades what is about other servers where a reader looks at one, and tells of a symbol what it is", () => {
  const spec = JSON.stringify(chart.picture(inventedRun())?.spec);
  expect(spec).toContain('"params":[{"name":"focus","value":[]}]');
  expect(spec).toMatch(
    /"server":"bare",[^}]*"figure":"webhooks","value":"[^"]*n = 3\)","state":"generator-bound"/,
  );
  expect(spec).toContain('"tooltip":[{"field":"server"');
});
