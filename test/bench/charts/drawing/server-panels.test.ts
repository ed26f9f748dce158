import { parse, View } from "vega";
import { expect, test } from "vitest";
import { compiled } from "../../../../bench/charts/drawing/draw.ts";
import { fittingTicks } from "../../../../bench/charts/drawing/panel-axis.ts";
import { type ServerPanel, serverPanels } from "../../../../bench/charts/drawing/server-panels.ts";

const decades = [1, 10, 100, 1_000].map((value) => ({ value, label: value.toLocaleString("en") }));
const axis = { title: "latency", scale: "log", domain: [0.5, 2_000], ticks: decades } as const;
const tip = { figure: "a dot", value: "1 ms", state: "completed" };

function panelOf(server: string): ServerPanel {
  const at = { x: 10, y: 10 };
  return {
    ...{ server, ioModel: "event loop", marks: "", facts: ["n = 1 trial"], notices: [] },
    curves: [{ look: "strong", points: [{ x: 1, y: 1, low: 1, high: 2 }, at] }],
    dots: [{ ...tip, ...at, form: "filled", size: "large" }],
  };
}

const chart = {
  ...({ question: "How late?", explanation: [], x: axis, y: axis, along: "y" } as const),
  grids: [{ panels: ["ws", "tcp", "comet", "cgi", "bare"].map(panelOf), footnotes: [] }],
};

test("what is about other servers fades where a reader looks at one", async () => {
  const view = new View(parse(compiled(serverPanels(chart))), { renderer: "none" });
  const faded = async () => (await view.toSVG()).split('opacity="0.12"').length - 1;
  await view.runAsync();
  expect(await faded()).toBe(0);
  await view.signal("focus", ["ws"]).runAsync();
  const others = await faded();
  // Of four servers line, dot and words in their own panels, and their lines in the panels of all.
  expect(others).toBeGreaterThan(4 * 3 + 4 * 5);
  await view.signal("focus", ["ws", "tcp", "comet", "cgi", "bare"]).runAsync();
  expect(await faded()).toBe(0);
  view.finalize();
});

test("all panels have the lines of all servers from one set of data", () => {
  const { data = [] } = compiled(serverPanels(chart));
  const shared = data.filter((set) => "values" in set && JSON.stringify(set.values).includes('"comet"'));
  expect(shared.filter((set) => JSON.stringify(set).includes('"cgi"'))).toHaveLength(1);
});

test("labels of an axis leave each other room, and the next panel's too", () => {
  const labels = (width: number) => fittingTicks(axis, width, 10).map(({ label }) => label);
  expect(labels(400)).toEqual(["1", "10", "100", "1,000"]);
  expect(labels(60)).toEqual(["1", "100"]);
  const wide = { ...axis, domain: [1, 1_000] as const, ticks: [{ value: 1, label: "a long label" }] };
  expect(fittingTicks(wide, 400, 10)).toEqual([]);
});
