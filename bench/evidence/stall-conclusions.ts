import { milliseconds } from "./markdown.ts";
import type { AutocannonRow, OwnRow } from "./stall.ts";

/** What the figures say, in sentences that hold whatever they are. */
export function whatFollows(own: readonly OwnRow[], others: readonly AutocannonRow[]): string {
  return [...own.flatMap(ownSentences), ...others.map(autocannonSentence)]
    .map((line) => `- ${line}`)
    .join("\n");
}

function ownSentences({ arrivals, checks }: OwnRow): string[] {
  return checks.map(({ name, expected, measured, allowed, passed }) => {
    const off = `${milliseconds(Math.abs(measured - expected))} ms ${measured < expected ? "below" : "above"}`;
    const verdict = passed ? "within" : "**outside**";
    return `Our publisher, ${arrivals} arrivals: ${name}: ${off} theory, ${verdict} the ${milliseconds(allowed)} ms of the rule.`;
  });
}

function autocannonSentence({ connections, overallRate, report }: AutocannonRow): string {
  const { samples, answered, percentilesMs } = report;
  const [p50, , p99] = percentilesMs.map((value) => value.toLocaleString("en"));
  const who = `autocannon, ${connections} connection${connections === 1 ? "" : "s"}`;
  if (overallRate === undefined) {
    return `${who}, no rate: ${answered.toLocaleString("en")} answers, p99 ${p99} ms. Stalled ones are so few among them that p99 cannot show the stall.`;
  }
  const added = samples - answered;
  return (
    `${who}, \`overallRate\` ${overallRate}: of the ${samples.toLocaleString("en")} latencies it reports on, ` +
    `${added.toLocaleString("en")} (${Math.round((100 * added) / samples)} %) are none that it measured: they are added ` +
    `by its correction. Its median is ${p50} ms, of a server that answers nine webhooks of ten at once.`
  );
}
