import { formatEstimate, formatPoint } from "../report/format.ts";
import { markedRemarks } from "../report/remarks.ts";
import { trialsText } from "../report/trials-text.ts";
import type { Run } from "../result.ts";
import type { Chart, PictureRow, PictureTable } from "./chart.ts";
import { barText } from "./drawing/bar-text.ts";
import {
  type InteractionLine,
  type InteractionPanel,
  interactionPanels,
} from "./drawing/interaction-panels.ts";
import { threadFootnotes } from "./drawing/io-models.ts";
import { conditionsText } from "./drawing/layout.ts";
import { stateInShort } from "./drawing/state-message.ts";
import { isDoubtful, strikeText } from "./drawing/strikes.ts";
import { summaryText } from "./drawing/summary-text.ts";
import {
  type FactorialPanel,
  factorialPanels,
  type Level,
  levelOf,
  levels,
  type Ratio,
  sharedTransports,
} from "./factorial-cells.ts";

const chart: Chart = {
  name: "factorial",
  scenario: "delivery",
  claims: ["worker-threads-do-not-scale", "long-polling-inefficient", "streaming-inefficient", "dynamic-duo"],
  description:
    "Latency, CPU time, memory and webhooks per second by transport, with a line for each I/O model, so that what either factor does alone and what they do together can be told apart; log scales.",

  picture(run) {
    const panels = factorialPanels(run);
    if (panels.length === 0) return undefined;
    const cells = panels.flatMap((panel) => panel.cells.map(({ cell }) => cell));
    const summaries = panels.flatMap((panel) => panel.cells.map(({ summary }) => summary));
    const spec = interactionPanels({
      question: "Is it the I/O model, the transport, or the two together?",
      explanation: [
        "Up between lines: what the I/O model does (main effect); along a line: what the transport does. Parallel lines: that is all. Others: the two interact, and the ratios below the panel differ. All scales are logarithmic, so that equal heights are equal ratios.",
        "Ratios: threads over event loop, paired within a block, with 95 % interval. Threads and processes have no Express: like is compared with like at streaming, where the open symbol is the event loop without it.",
        `${barText(summaries)}${strikeText(cells)}`.trim(),
        conditionsText(run, trialsText(cells)),
      ].filter((line) => line !== ""),
      places: sharedTransports(run),
      lines: levels.map((level) => lineOf(run, level)),
      panels: panels.map((panel) => panelOf(run, panel)),
      footnotes: [...alone(run), ...remarksOf(panels), ...threadFootnotes(run)],
    });
    return { spec, table: tableOf(panels) };
  },
};

export default chart;

function lineOf(run: Run, level: Level): InteractionLine {
  const servers = sharedTransports(run).map(
    (transport) =>
      run.servers.find((server) => server.transport === transport && levelOf(server) === level)?.name,
  );
  const open = level.ioModel === "event loop" && !level.express;
  return { name: level.name, ioModel: level.ioModel, open, servers };
}

function panelOf(run: Run, { shown, cells, ratios }: FactorialPanel): InteractionPanel {
  const places = sharedTransports(run);
  return {
    title: shown.unit === "per second" ? `${shown.title} per second` : shown.title,
    point: formatPoint(cells[0]?.cell.point ?? {}),
    unit: shown.unit,
    entries: cells.map(({ server, level, transport, cell, marks, summary, message }) => ({
      ...{ server, marks, state: stateInShort(cell), doubtful: isDoubtful(cell) },
      line: levels.indexOf(level),
      place: places.indexOf(transport),
      ...(summary === undefined ? {} : { summary }),
      ...(message === undefined ? {} : { message }),
    })),
    ratios: places.map((place) => ratioTexts(ratios.find(({ transport }) => transport === place))),
  };
}

/** The ratio, and its interval where it has one. */
function ratioTexts(found: Ratio | undefined): [string, string] {
  const { ratio, interval } = found ?? {};
  if (ratio === undefined) return ["–", ""];
  const { low, high } = interval ?? { low: ratio, high: ratio };
  const whole = formatEstimate({ value: ratio, low, high }, "times");
  const [text = whole, range = ""] = whole.replace(")", "").split(" (");
  return [found?.doubts ? `${text} ${found.doubts}` : text, range];
}

/** Transports that have no second I/O model to compare with. */
function alone(run: Run): string[] {
  const shared = sharedTransports(run);
  const servers = run.servers.filter(({ transport }) => !shared.includes(transport));
  return servers.length === 0
    ? []
    : [`Not here, as they exist under one I/O model alone: ${servers.map(({ name }) => name).join(", ")}.`];
}

function remarksOf(panels: readonly FactorialPanel[]): string[] {
  const scenarios = new Map(panels.map(({ shown, cells }) => [shown.scenario, cells] as const));
  return [...scenarios].flatMap(([scenario, cells]) =>
    markedRemarks(cells.map(({ cell }) => cell)).map((remark) =>
      remark.replace(/^(\S+) /, `$1 ${scenario}: `),
    ),
  );
}

function tableOf(panels: readonly FactorialPanel[]): PictureTable {
  return {
    columns: ["figure", "at", "transport", "I/O model", "server", "value"],
    rows: panels.flatMap(({ shown, cells, ratios }): PictureRow[] => [
      ...cells.map(({ server, level, transport, cell, marks, summary, message }) => ({
        server,
        cells: [
          shown.title,
          formatPoint(cell.point),
          transport,
          `${level.ioModel}${level.express ? "" : ", no Express"}`,
          `${server}${marks}`,
          message ?? summaryText(summary, shown.unit),
        ],
      })),
      ...ratios.map((found) => {
        const [ratio, range] = ratioTexts(found);
        const text =
          found.ratio === undefined
            ? (found.because ?? "none")
            : `${ratio} (${range === "" ? "" : `${range}, `}n = ${found.blocks})`;
        const [first] = cells;
        return {
          cells: [
            shown.title,
            formatPoint(first?.cell.point ?? {}),
            found.transport,
            "thread per connection over event loop",
            `${found.over} over ${found.under}`,
            text,
          ],
        };
      }),
    ]),
  };
}
