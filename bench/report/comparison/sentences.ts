import { fewestForInterval } from "../../stats/median-interval.ts";
import { counted } from "../format.ts";
import { type Notice, noticesOf } from "../notices.ts";
import { machineText } from "../run-text.ts";
import type { Comparison } from "./compare.ts";
import { type Counts, countsOf } from "./counts.ts";

/** Beyond this the one machine is another one to whatever its speed decides. */
const sameSpeed = 1.1;

/** Which run is which. */
export function runLines({ a, b }: Comparison): readonly string[] {
  return [`A: ${machineText(a)}`, `B: ${machineText(b)}`];
}

/** What stands above all figures, for they cannot be read without it. */
export function noticesOn({ a, b, circumstances }: Comparison): Notice[] {
  const { sameMachine, sameBuild, sameConditions, speed } = circumstances;
  const quality = [
    ...noticesOf(a).map((notice) => ({ ...notice, word: `A IS ${notice.word}` })),
    ...noticesOf(b).map((notice) => ({ ...notice, word: `B IS ${notice.word}` })),
  ];
  const unlike = Object.values(speed).some((ratio) => ratio !== undefined && !isNear(ratio));
  return [
    ...quality,
    ...notice(
      !sameMachine,
      "TWO MACHINES.",
      `What differs between them is no verdict on code.${speedText(speed)}`,
    ),
    ...notice(
      sameMachine && unlike,
      "ANOTHER SPEED.",
      `The machine was not as quick in both runs.${speedText(speed)} What its speed decides differs by about as much, whatever the code.`,
    ),
    ...notice(
      !sameConditions,
      "NOT MEASURED ALIKE.",
      "Network, options or conditions differ, as told below: so may the figures, without any change of code.",
    ),
    ...notice(
      sameBuild,
      "THE SAME CODE.",
      "Both runs were measured with the same build: what differs is machine, conditions or chance.",
    ),
  ];
}

function notice(holds: boolean, word: string, text: string): Notice[] {
  return holds ? [{ word, text }] : [];
}

function isNear(ratio: number): boolean {
  return ratio <= sameSpeed && ratio >= 1 / sameSpeed;
}

/** Begins with a space; empty where nothing is known. */
function speedText({ server, load }: Comparison["circumstances"]["speed"]): string {
  if (server === undefined || load === undefined) return "";
  const [ofServer, ofLoad] = [server, load].map((ratio) => ratio.toFixed(2));
  return ` By a fixed loop before every trial, B's core of the server ran at ${ofServer} times the speed of A's, that of the load at ${ofLoad}.`;
}

/** How many claims the two judge differently, alike, and not both. */
export function verdictCounts({ changed, alike, onlyIn }: Comparison["verdicts"]): string {
  const alone = (["A", "B"] as const).flatMap((letter) =>
    onlyIn[letter].length === 0 ? [] : [`${counted(onlyIn[letter].length, "claim")} in ${letter} alone`],
  );
  const judged = changed.length + alike;
  if (judged === 0) return "No claim has evidence in both runs.";
  return (
    `Of ${counted(judged, "claim")} with evidence in both runs, ` +
    `${changed.length === 0 ? "none is" : `${changed.length} ${changed.length === 1 ? "is" : "are"}`} judged differently` +
    `${alone.length === 0 ? "" : `; with evidence in one of them: ${alone.join(", ")}`}.`
  );
}

/** What the figures come to, and what of it is owed to their number. */
export function countLines(comparison: Comparison): readonly string[] {
  const counts = countsOf(comparison.scenarios.flatMap(({ figures }) => figures));
  const { compared, differ, better, worse, tooFew } = counts;
  const few = `${counted(tooFew, "figure")} had too few trials for an interval: it takes ${fewestForInterval} in each run.`;
  if (compared === 0) return [few];
  const unjudged = differ - better - worse;
  const judged = [
    `${better.toLocaleString("en")} better in B`,
    `${worse.toLocaleString("en")} worse`,
    ...(unjudged === 0 ? [] : [`${unjudged.toLocaleString("en")} not to be judged by, as marked`]),
  ].join(", ");
  return [
    `${counted(compared, "figure")} compared with an interval: ${differ.toLocaleString("en")} ${differ === 1 ? "differs" : "differ"} (${judged}). ${chanceText(counts)}`,
    ...(tooFew === 0 ? [] : [few]),
  ];
}

function chanceText({ differ, byChance, mostByChance }: Counts): string {
  const chance =
    `By chance alone about ${byChance.toLocaleString("en")} at most would, since 5 of 100 intervals may miss, ` +
    `and hardly more than ${mostByChance.toLocaleString("en")}`;
  const verdict =
    differ > mostByChance
      ? "there is more here than chance"
      : "their number is no more than chance can give, and how far each lies from no difference says more";
  return `${chance}: ${verdict}. Figures of the same trials go together, in chance too.`;
}

export const method =
  "B/A is the ratio of the medians over the trials, and the interval where the true one lies, at 95 %: the two-sample " +
  "bootstrap, BCa with expanded percentiles, which simulation has found to hold the truth in 95 of 100 cases or more " +
  "(bench/stats/unpaired.ts has the sources). It is unpaired: two runs are two sittings, and no block of the one belongs to " +
  "one of the other. Where a value is not above 0 there is no ratio, and the difference stands in its place. A figure is " +
  "higher or lower when its whole interval is, and better or worse by the direction of its column; cells that are " +
  "generator-bound (†), of a server that was not busy (◊) or with faults (‡) in either run are not judged. Differences are " +
  "ordered by the end of the interval that lies nearer to 1: by how much they differ at least.";

export const limits: readonly string[] = [
  "The interval knows how trials vary within a run. It does not know how the same code differs from one sitting to the next, " +
    "which on a machine that others share can be more: two runs of the same code, one after the other, show how much it is here.",
  "That no difference was seen does not say that there is none: one that is smaller than the interval cannot be seen.",
  "To tell whether a change of the code did it, measure both versions in turns on one machine.",
];
