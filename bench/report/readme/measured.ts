import type { Chart } from "../../charts/chart.ts";
import type { Verdict } from "../../claims/verdict.ts";
import type { Run } from "../../result.ts";
import { calibratedText } from "../calibration.ts";
import { escapeMarkdown, markdownTable } from "../markdown-text.ts";
import { machineText } from "../run-text.ts";
import { verdictTable } from "../verdicts.ts";
import { Figures } from "./figure.ts";

/** From the README. */
const chartsFolder = "results/reference/charts";
const claimsPage = "bench/claims/README.md";

/** The board comes first, then three of the talk's questions. */
const board = "verdict-board";
const shown: readonly {
  readonly chart: string;
  readonly sentence: (figures: Figures, run: Run) => string;
}[] = [
  { chart: "delivery-percentiles", sentence: deliverySentence },
  { chart: "connections-memory", sentence: memorySentence },
  { chart: "waiting-law", sentence: waitingSentence },
];

/** Verdicts and three charts of a run, each with its conditions. */
export function measured(
  run: Run,
  verdicts: readonly Verdict[],
  charts: readonly Pick<Chart, "name" | "description">[],
): string {
  const { rows, counts, remarks } = verdictTable(run, verdicts);
  const figures = new Figures(run);
  const picture = (name: string) => {
    const chart = charts.find((candidate) => candidate.name === name);
    if (chart === undefined) throw new Error(`expected a chart ${name} for the README, got none`);
    return `![${escapeMarkdown(chart.description)}](${chartsFolder}/${name}.svg)`;
  };
  const table = markdownTable(
    ["claim", "2011 said", "measured here", "verdict"],
    ["---", "---", "---", "---"],
    rows.map(({ verdict: { claim }, title, said2011, measured, ruling }) => [
      `[${escapeMarkdown(title)}](${claimsPage}#${claim.name})`,
      escapeMarkdown(said2011),
      escapeMarkdown(measured),
      `**${ruling}**`,
    ]),
  );
  return [
    conditions(run),
    `**${escapeMarkdown(counts)}**`,
    picture(board),
    ...shown.flatMap(({ chart, sentence }) => [sentence(figures, run), picture(chart)]),
    `<details>\n<summary>Every claim, in the order of the talk</summary>`,
    table,
    ...remarks.map(escapeMarkdown),
    "</details>",
  ].join("\n\n");
}

function conditions(run: Run): string {
  const { commit } = run.environment;
  const calibrated = calibratedText(run);
  return escapeMarkdown(
    `${machineText(run)} Profile ${run.options.profile}, ${run.options.blocks} blocks, commit ${commit ?? "unknown"}.` +
      `${calibrated === undefined ? "" : ` ${calibrated}`}`,
  );
}

function deliverySentence(figures: Figures, { options }: Run): string {
  const of = (arm: string, figure: string) => ({ scenario: "delivery", arm, figure });
  const half = of("ws", "p50Ms");
  return (
    `**Latency.** With \`ws\`, half of the events are at their subscriber within ${figures.text(half, "ms")} of the time when ` +
    `their webhook was due, and 99 of 100 within ${figures.text(of("ws", "p99Ms"), "ms")}. Of subscribers that ask every ` +
    `${options.pollMs?.toLocaleString("en")} ms, half have theirs only after ${figures.text(of("polling", "p50Ms"), "ms")} ` +
    `(95 % intervals, n = ${figures.n(half)} trials).`
  );
}

function memorySentence(figures: Figures): string {
  const of = (arm: string, figure: string) => ({ scenario: "limits", arm, figure });
  const [loop, threads] = [of("ws", "memoryEach"), of("threads-streaming", "memoryEach")];
  const held = (arm: string) => figures.text(of(arm, "held"), "count");
  return (
    `**Connections.** \`ws\` held ${held("ws")} at once on one event loop, the second half of which took ` +
    `${figures.text(loop, "bytes")} of memory each; \`threads-streaming\`, with a V8 isolate for each, ` +
    `${figures.text(threads, "bytes")}, of ${held("threads-streaming")} that it was asked for (n = ${figures.n(loop)} trials). ` +
    "V8 isolates are far heavier than threads of the operating system."
  );
}

function waitingSentence(figures: Figures): string {
  const of = (arm: string) => ({ scenario: "waiting", arm, figure: "perSecond", point: { queryMs: 80 } });
  const [blocked, loop] = [of("blocking-loop"), of("event-loop")];
  return (
    `**Waiting.** With queries of 80 ms, a server whose only thread waits for each of them answers ` +
    `${figures.text(blocked, "per second")}, and one that goes on meanwhile ${figures.text(loop, "per second")}, both on one ` +
    `core and asked by ${figures.largest("waiting", "event-loop", "clients")} clients (n = ${figures.n(loop)} trials).`
  );
}
