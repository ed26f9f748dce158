import { type Asked, latenciesUnderStalls, stallChecks } from "../calibration/checks.ts";
import { percentile } from "../calibration/expected.ts";
import { type Observed, ReferenceBench } from "../calibration/reference-bench.ts";
import type { ArrivalKind } from "../stats/poisson.ts";
import { closedModelPercentileMs, openModelPercentileMs } from "../stats/stall.ts";
import { runAutocannon } from "./autocannon.ts";
import { conditions, markdownTable, milliseconds } from "./markdown.ts";
import type { EvidencePage, PageOrder } from "./page.ts";
import { whatFollows } from "./stall-conclusions.ts";
import type { AutocannonRow, OwnRow } from "./stall-rows.ts";

const eventsPerSecond = 200;
const durationMs = 30_000;
const stallMs = 1_000;
const periodMs = 10_000;
const stallCount = durationMs / periodMs;

/** The first stall begins in the middle of the first period, so that each period holds a whole one. */
const stalls = { afterMs: 4_500, forMs: stallMs, everyMs: periodMs };

/** One sees what all see: the stall is the server's. */
const subscribers = 1;

/** Decides the arrivals of the Poisson process. */
const seed = 1;

const percents = [50, 90, 99, 99.9, 100];

/** What our own publisher and subscriber measured, beside what theory says of the very same webhooks. */
const stall: EvidencePage = {
  name: "stall",
  summary:
    "what our publisher and autocannon see of a server that stalls 1 s of every 10 s (under 3 minutes)",
  async make(order) {
    const measuredAt = new Date();
    const own = [await measureOwn(order, "constant"), await measureOwn(order, "poisson")];
    const others = await measureAutocannon(order);
    const checks = own.flatMap((row) => row.checks);
    return {
      title: "A planted stall, seen in full",
      blocks: [
        conditions(order.environment, "npm run evidence -- stall", measuredAt),
        introduction(),
        table(own, others),
        "## What follows",
        whatFollows(own, others, stallCount),
        "## How autocannon counts",
        howAutocannonCounts(order.environment.packages.autocannon ?? "unknown"),
      ],
      holds: checks.every(({ passed }) => passed),
    };
  },
};

async function measureOwn(order: PageOrder, kind: ArrivalKind): Promise<OwnRow> {
  order.tell(`our publisher, ${kind} arrivals, ${durationMs / 1_000} s`);
  const arrivals = { kind, seed };
  const asked: Asked = { arrivals, eventsPerSecond, durationMs, subscribers };
  const { received, deeds } = await withBench(order, arrivals, (bench): Promise<Observed> => {
    return bench.observe(
      { delayMs: 0, stalls },
      { kind: "open", eventsPerSecond, durationMs, payloadBytes: 128 },
    );
  });
  const theory = latenciesUnderStalls(asked, deeds);
  return {
    arrivals: kind,
    measuredMs: percents.map((percent) => received.latency.percentileMs(percent)),
    theoryMs: percents.map((percent) => percentile(theory, percent)),
    deliveries: received.events,
    checks: stallChecks(asked, received, deeds),
  };
}

/** With its defaults, which are a closed model, and with a rate set. */
async function measureAutocannon(order: PageOrder): Promise<AutocannonRow[]> {
  const rows: AutocannonRow[] = [];
  const settings = [
    { connections: 1 },
    { connections: 10 },
    { connections: 10, overallRate: eventsPerSecond },
  ];
  await withBench(order, { kind: "constant", seed }, async (bench, http) => {
    for (const setting of settings) {
      order.tell(`autocannon, ${JSON.stringify(setting)}, ${durationMs / 1_000} s`);
      await bench.lend({ delayMs: 0, stalls }, async () => {
        const report = await runAutocannon({ http, ...setting, durationMs, signal: order.interrupted });
        rows.push({ ...setting, report });
      });
    }
  });
  return rows;
}

async function withBench<Result>(
  { cores, interrupted }: PageOrder,
  arrivals: Asked["arrivals"],
  use: (bench: ReferenceBench, http: string) => Promise<Result>,
): Promise<Result> {
  interrupted.throwIfAborted();
  const bench = new ReferenceBench(cores, subscribers, arrivals);
  const kill = () => void bench.kill();
  interrupted.addEventListener("abort", kill);
  try {
    return await use(bench, await bench.start());
  } finally {
    interrupted.removeEventListener("abort", kill);
    await bench.kill();
  }
}

function introduction(): string {
  return (
    `The reference server answers a webhook and pushes its event at once, save that every ${periodMs / 1_000} s it does ` +
    `nothing for ${stallMs / 1_000} s. Each row saw ${durationMs / 1_000} s of it, three stalls. A tenth of all webhooks ` +
    "falls into a stall and waits for what is left of it; a table that does not say so is wrong. (p90 lies on the very edge of that tenth.) Theory is worked out " +
    "from the times at which the webhooks were to be sent and the stalls that the server says it had; the formula " +
    "knows the lengths alone. Our publisher sends " +
    `${eventsPerSecond} webhooks a second, constant or as a Poisson process, and counts to the arrival of the event; ` +
    "autocannon counts to the answer, which waits for the same stall."
  );
}

function table(own: readonly OwnRow[], others: readonly AutocannonRow[]): string {
  const formula = percents.map((percent) => openModelPercentileMs({ baseMs: 0, stallMs, periodMs }, percent));
  const rows = own.flatMap(({ arrivals, measuredMs, theoryMs, deliveries }) => [
    [`theory, ${arrivals} arrivals`, ...theoryMs.map(milliseconds), String(deliveries)],
    [`**our publisher, ${arrivals} arrivals**`, ...measuredMs.map(milliseconds), String(deliveries)],
  ]);
  const titles = [
    "ms",
    ...percents.map((percent) => (percent === 100 ? "longest" : `p${percent}`)),
    "samples",
  ];
  return markdownTable(titles, [
    ["formula, open model", ...formula.map(milliseconds), ""],
    ...rows,
    ...others.flatMap(autocannonRows),
  ]);
}

function autocannonRows({ connections, overallRate, report }: AutocannonRow): string[][] {
  const { percentilesMs, samples, answered } = report;
  const rate = overallRate === undefined ? "" : `, \`overallRate\` ${overallRate}`;
  const name = `autocannon, \`connections\` ${connections}${rate}`;
  const measured = [name, ...percentilesMs.map((value) => value.toLocaleString("en")), String(samples)];
  if (overallRate !== undefined || connections !== 1) return [measured];
  // Its one connection was stalled the rest of the time for the answers it had.
  const baseMs = (durationMs - stallCount * stallMs) / answered;
  const formula = percents.map((percent) => closedModelPercentileMs({ baseMs, stallMs, periodMs }, percent));
  return [["formula, closed model, 1 connection", ...formula.map(milliseconds), ""], measured];
}

function howAutocannonCounts(version: string): string {
  return [
    `Read in the source of autocannon ${version} (\`lib/httpClient.js\`, \`lib/run.js\`):`,
    [
      "- Without a rate each connection sends its next request when the last is answered. In a stall it sends nothing, so " +
        "that each connection has one long latency per stall, however long that is, among thousands of short ones.",
      "- `overallRate` (and `connectionRate`) is no schedule. Each connection may send its share of requests in each " +
        "second, and sends them one after the other as fast as they are answered when the second begins, then pauses.",
      "- With a rate set, every latency is recorded with HdrHistogram's correction for coordinated omission: a latency " +
        "longer than the expected interval adds the ones that it is supposed to have kept from being sent, each " +
        "shorter by one interval. The expected interval is worked out as one over the rate, rounded up, in " +
        "milliseconds, while the rate is per second: it is 1 ms at every rate from 1 per second on. A request that " +
        "waited 1,000 ms adds 999 values; at a rate of 20 a second on each of 10 connections it kept 19 from being sent.",
      "- `ignoreCoordinatedOmission: true` turns the correction off, and leaves the closed model within each second.",
    ].join("\n"),
    "So autocannon gives throughput here (scenario `ingest`), and never a latency at a rate.",
  ].join("\n\n");
}

export default stall;
