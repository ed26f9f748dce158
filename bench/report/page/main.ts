/** What the report does beyond being read: every part of it is an addition to a page that says all by itself. */
import { measureTextAlike } from "../../charts/drawing/text-metrics.ts";
import { startNearby, tellOf } from "./charts.ts";
import { followReader } from "./contents.ts";
import { startFilter } from "./filter.ts";
import { unfoldForPrint, unfoldTarget } from "./folded.ts";
import { LiveChart } from "./live-chart.ts";
import { showRowsOf } from "./rows.ts";
import { Tooltip } from "./tooltip.ts";

function part<Part extends HTMLElement>(selector: string, kind: new () => Part): Part {
  const element = document.querySelector(selector);
  if (element instanceof kind) return element;
  throw new Error(`expected ${selector} in the page, got ${element?.localName ?? "nothing"}`);
}

measureTextAlike();
unfoldTarget();
unfoldForPrint(part("main", HTMLElement));
followReader(part("nav", HTMLElement));

const charts = [...document.querySelectorAll("figure")].flatMap((figure) => {
  const place = figure.querySelector<HTMLElement>(".chart");
  const packed = figure.querySelector('script[type="application/gzip"]')?.textContent;
  return place === null || packed == null ? [] : [new LiveChart(place, packed)];
});
const tooltip = new Tooltip();
for (const chart of charts) tellOf(chart, tooltip);
addEventListener("keydown", ({ key }) => {
  if (key === "Escape") tooltip.hide();
});

startFilter(part("#filter", HTMLDetailsElement), (servers) => {
  showRowsOf(servers);
  void lookAt(servers);
});
startNearby(charts);

/** One after the other: the page stays alive meanwhile, and paper shows what the screen does. */
async function lookAt(servers: readonly string[]): Promise<void> {
  for (const chart of charts) {
    await chart.lookAt(servers);
    if (servers.length > 0) await chart.start();
  }
}
