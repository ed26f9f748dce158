import { calibrate } from "../calibration/calibrate.ts";
import { ReferenceBench } from "../calibration/reference-bench.ts";
import { networks } from "../network/networks.ts";
import { CoreSpeedMeter } from "../probes/core-speed.ts";
import { profiles } from "../profiles.ts";
import { formatNumber } from "../report/format.ts";
import type { Calibration, Check } from "../result.ts";
import { median } from "../stats/median.ts";
import { conditions, markdownTable, milliseconds } from "./markdown.ts";
import type { EvidencePage, PageOrder } from "./page.ts";

const { calibrationMs } = profiles.quick;

const calibration: EvidencePage = {
  name: "calibration",
  summary: "the calibration that precedes every run, many times over: how far off each check is at worst",
  async make(order) {
    const measuredAt = new Date();
    const calibrations = await repeat(order);
    order.tell("the floor: the same load while the server delays by nothing");
    const floor = await measureFloor(order);
    const failed = calibrations.filter(({ checks }) => checks.some(({ passed }) => !passed)).length;
    return {
      title: "The instrument against a server with known answers",
      blocks: [
        conditions(
          order.environment,
          `npm run evidence -- calibration --repeats ${order.repeats}`,
          measuredAt,
        ),
        "Before a run the load of the trials, publisher, subscribers and histogram, measures a server that delays every " +
          "event by a known time, stalls for a known time and counts what it sends. Allowed are 2 % and 0.3 ms of a " +
          "latency, 0.1 % of bytes, and nothing of a count.",
        `${calibrations.length - failed} of ${calibrations.length} calibrations in a row passed every check.`,
        worstTable(calibrations),
        "## The floor",
        floor,
      ],
      holds: failed === 0,
    };
  },
};

async function repeat({ cores, interrupted, repeats, tell }: PageOrder): Promise<Calibration[]> {
  const meter = new CoreSpeedMeter(cores);
  const calibrations: Calibration[] = [];
  try {
    while (calibrations.length < repeats) {
      tell(`calibration ${calibrations.length + 1} of ${repeats}`);
      const coreSpeed = await meter.read();
      calibrations.push(
        await calibrate({ cores, coreSpeed, calibrationMs, network: networks.lan, signal: interrupted }),
      );
    }
    return calibrations;
  } finally {
    await meter.kill();
  }
}

function worstTable(calibrations: readonly Calibration[]): string {
  const names = new Set(calibrations.flatMap(({ checks }) => checks.map(({ name }) => name)));
  const rows = [...names].map((name) =>
    worstRow(calibrations.flatMap(({ checks }) => checks.filter((check) => check.name === name))),
  );
  return markdownTable(["check", "unit", "expected", "measured", "worst error", "allowed", "passed"], rows);
}

/** Of one check in all calibrations, the one that was furthest off. */
function worstRow(checks: readonly Check[]): string[] {
  const [worst] = checks.toSorted((a, b) => Math.abs(errorOf(b)) - Math.abs(errorOf(a)));
  if (worst === undefined) return [];
  const { name, unit, expected, measured, allowed } = worst;
  const figure = unit === "ms" ? milliseconds : formatNumber;
  const passed = checks.filter((check) => check.passed).length;
  return [
    name,
    unit,
    ...[expected, measured, errorOf(worst), allowed].map(figure),
    `${passed} of ${checks.length}`,
  ];
}

function errorOf({ measured, expected }: Check): number {
  return measured - expected;
}

/** What the instrument adds of its own, and where: no check, since nothing says what it should be. */
async function measureFloor({ cores, interrupted }: PageOrder): Promise<string> {
  interrupted.throwIfAborted();
  const bench = new ReferenceBench(cores, 1, { kind: "constant", seed: 1 });
  const kill = () => void bench.kill();
  interrupted.addEventListener("abort", kill);
  try {
    await bench.start();
    const rows: string[][] = [];
    for (const eventsPerSecond of [100, 125, 1_000]) {
      const traffic = { kind: "open", eventsPerSecond, durationMs: 5_000, payloadBytes: 128 } as const;
      const { received, deeds } = await bench.observe({ delayMs: 0 }, traffic);
      const wayInMs = median(
        deeds.arrivedMs.map((arrived, index) => arrived - (deeds.intendedMs[index] ?? arrived)),
      );
      const percentiles = [50, 90, 99, 100].map((percent) => received.latency.percentileMs(percent));
      rows.push([
        String(eventsPerSecond),
        ...[wayInMs, median(deeds.delaysMs), ...percentiles].map(milliseconds),
      ]);
    }
    return [
      "The same path with no delay at all, one subscriber. The way to the server and the time in it are medians; at low " +
        "rates every webhook finds both cores asleep and their caches cold.",
      markdownTable(
        [
          "webhooks a second",
          "to the server, ms",
          "in the server, ms",
          "p50, ms",
          "p90, ms",
          "p99, ms",
          "longest, ms",
        ],
        rows,
      ),
    ].join("\n\n");
  } finally {
    interrupted.removeEventListener("abort", kill);
    await bench.kill();
  }
}

export default calibration;
