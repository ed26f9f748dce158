import { milliseconds } from "./markdown.ts";
import type { AutocannonRow, OwnRow } from "./stall-rows.ts";

/** What the figures say, in sentences that hold whatever they are. */
export function whatFollows(
  own: readonly OwnRow[],
  others: readonly AutocannonRow[],
  stallCount: number,
): string {
  const ofOthers = others.map((row) => autocannonSentence(row, stallCount));
  return [...own.flatMap(ownSentences), ...ofOthers].map((line) => `- ${line}`).join("\n");
}

function ownSentences({ arrivals, checks }: OwnRow): string[] {
  return checks.map(({ name, expected, measured, allowed, passed }) => {
    const off = `${milliseconds(Math.abs(measured - expected))} ms ${measured < expected ? "below" : "above"}`;
    const verdict = passed ? "within" : "**outside**";
    return `Our publisher, ${arrivals} arrivals: ${name}: ${off} theory, ${verdict} the ${milliseconds(allowed)} ms of the rule.`;
  });
}

function autocannonSentence({ connections, overallRate, report }: AutocannonRow, stallCount: number): string {
  const { samples, answered, percentilesMs } = report;
  const [p50, , p99, , longest] = percentilesMs.map((value) => value.toLocaleString("en"));
  const who = `autocannon, ${connections} connection${connections === 1 ? "" : "s"}`;
  if (overallRate === undefined) {
    const stalled = `${stallCount * connections} of its ${answered.toLocaleString("en")} answers at most waited for a stall`;
    return `${who}, no rate: p99 ${p99} ms. ${stalled}, far less than the one in a hundred that p99 shows.`;
  }
  const added = samples - answered;
  return (
    `${who}, \`overallRate\` ${overallRate}: of the ${samples.toLocaleString("en")} latencies it reports on, ` +
    `${added.toLocaleString("en")} (${Math.round((100 * added) / samples)} %) are none that it measured: they are added ` +
    `by its correction. Its median is ${p50} ms, of a server that answers nine webhooks of ten at ` +
    `once; its longest, ${longest} ms, is what was left of a stall when a second of its own began.`
  );
}
