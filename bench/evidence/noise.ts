import { appendFile, mkdir, readFile } from "node:fs/promises";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { projectFolder } from "../../cli/project.ts";
import type { ProfileName } from "../profiles.ts";
import { scenarios } from "../scenarios/index.ts";
import { median } from "../stats/median.ts";
import { conditions, markdownTable } from "./markdown.ts";
import { blocks, NoiseBench, type NoisePair, noisyColumns, sameServer } from "./noise-pairs.ts";
import type { EvidencePage, PageOrder } from "./page.ts";

/** Of 100 intervals that hold with 95 %, fewer than this hold by chance in 13 of 100 cases, and at 97 % in one. */
const leastShare = 0.93;

/** Comparisons at full length for every so many short ones. */
const shortPairsPerStandardPair = 50;

const noise: EvidencePage = {
  name: "noise",
  summary: `${sameServer} compared with itself, --repeats times in each scenario: does the interval hold 1, how wide is it`,
  async make(order) {
    const measuredAt = new Date();
    const pairs = await allPairs(order);
    const rows = rowsOf(pairs);
    return {
      title: "The same server measured as two",
      blocks: [
        conditions(order.environment, `npm run evidence -- noise --repeats ${order.repeats}`, measuredAt),
        `Each comparison takes ${blocks} blocks; in each, \`${sameServer}\` is measured twice, once under either name, in ` +
          "random order and with every process started anew. The ratio of the two is 1. The table says in how many " +
          "comparisons the 95 % interval of the median paired ratio held it, and how wide the intervals were: a " +
          "half-width of 10 % means that a difference of 10 % is just seen.",
        markdownTable(
          [
            "profile, scenario, figure",
            "comparisons",
            "interval holds 1",
            "half-width, median",
            "half-width, widest",
          ],
          rows.map(({ cells }) => cells),
        ),
        "The short trials of `smoke` are there for the number of comparisons; those of `standard` say what a run of that " +
          "profile can tell apart. Figures that a profile has too few samples for are not in its rows.",
        `Trials that failed: ${pairs.reduce((sum, { failedTrials }) => sum + failedTrials, 0)}.`,
      ],
      holds: rows.every(({ holds }) => holds),
    };
  },
};

/** Measures what the file of this build does not hold yet: it takes most of an hour, and may be interrupted. */
async function allPairs({ environment, repeats, tell, ...order }: PageOrder): Promise<NoisePair[]> {
  const file = fileURLToPath(new URL(`results/runs/noise-${environment.build}.jsonl`, projectFolder));
  await mkdir(dirname(file), { recursive: true });
  const pairs = await readPairs(file);
  const bench = await NoiseBench.start(order);
  const standardPairs = Math.ceil(repeats / shortPairsPerStandardPair);
  for (const [profile, count] of [["smoke", repeats] as const, ["standard", standardPairs] as const]) {
    for (const scenario of scenarios) {
      for (let pair = 1; pair <= count; pair++) {
        const isThisOne = (kept: NoisePair) =>
          kept.profile === profile && kept.scenario === scenario.name && kept.pair === pair;
        if (pairs.some(isThisOne)) continue;
        tell(`${profile}, ${scenario.name}: comparison ${pair} of ${count}`);
        const measured = await bench.measure(profile, scenario, pair);
        await appendFile(file, `${JSON.stringify(measured)}\n`);
        pairs.push(measured);
      }
    }
  }
  return pairs;
}

async function readPairs(file: string): Promise<NoisePair[]> {
  try {
    const lines = (await readFile(file, "utf8")).trimEnd().split("\n");
    return lines.map((line): NoisePair => JSON.parse(line));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return [];
    throw error;
  }
}

/** A row for each profile, scenario and figure. */
export function rowsOf(
  pairs: readonly NoisePair[],
): { readonly cells: readonly string[]; readonly holds: boolean }[] {
  const profiles: ProfileName[] = ["smoke", "standard"];
  return profiles.flatMap((profile) =>
    scenarios.flatMap((scenario) =>
      noisyColumns(scenario).flatMap(({ figure, title }) => {
        const ratios = pairs
          .filter((pair) => pair.profile === profile && pair.scenario === scenario.name)
          .flatMap((pair) => pair.ratios.filter((ratio) => ratio.figure === figure));
        if (ratios.length === 0) return [];
        const held = ratios.filter(({ low, high }) => low <= 1 && 1 <= high).length;
        const halfWidths = ratios.map(({ low, high }) => Math.sqrt(high / low) - 1);
        const cells = [
          `${profile}, ${scenario.name}, ${title}`,
          String(ratios.length),
          `${held} (${percent(held / ratios.length)})`,
          percent(median(halfWidths) ?? Number.NaN),
          percent(Math.max(...halfWidths)),
        ];
        // Of a handful of comparisons one may fail by chance.
        return [{ cells, holds: held >= Math.floor(leastShare * ratios.length) }];
      }),
    ),
  );
}

function percent(share: number): string {
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
}

export default noise;
