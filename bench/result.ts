/**
 * What a run leaves behind: the shape of `run.json`. Everything that reads or writes a run takes its types from
 * here, reading checks against it, and `run.schema.json` is made from it.
 */
import { z } from "zod";
import type { IoModel, Transport } from "../servers/contract.ts";

/** Raised whenever a reader of the old shape would misread the new one. */
export const schemaVersion = 3;

const ioModels = ["event loop", "thread per connection", "process per request"] as const satisfies IoModel[];
const transports = [
  "polling",
  "comet",
  "streaming",
  "ws",
  "socketio",
  "socketio-polling",
  "tcp",
] as const satisfies Transport[];

const moment = z.string().describe("ISO 8601, UTC");
const durationMs = z.number().nonnegative();
const count = z.int().nonnegative();
const share = z.number().nonnegative().describe("0 to 1");

export const unit = z.enum(["s", "ms", "µs", "ns", "per second", "count", "bytes", "percent", "times"]);

const column = z
  .object({
    figure: z.string().describe("the key among a trial's figures"),
    title: z.string(),
    unit,
    better: z.enum(["lower", "higher"]),
    absent: z
      .string()
      .optional()
      .describe("what its table says where a trial has no such figure; absent: that it was not read"),
  })
  .describe("one figure of a scenario, as a column of its table");

const arm = z
  .object({ name: z.string(), summary: z.string() })
  .describe("one of the alternatives that a scenario compares");

const server = arm.extend({
  ioModel: z.enum(ioModels),
  transport: z.enum(transports),
});

const scenario = z.object({
  name: z.string(),
  question: z.string(),
  conditions: z
    .array(z.string())
    .describe("what holds for all its trials, as sentences: rates, intervals, sizes"),
  arms: z
    .array(arm)
    .optional()
    .describe("what a lab compares, in the order of its tables; absent: the servers of the run"),
  columns: z.array(column).describe("what answers the question"),
  costs: z.array(column).describe("what the answer cost: readings of the probes"),
  saturates: z
    .boolean()
    .describe("whether its figures are a ceiling of the server, and mean nothing unless the server was busy"),
});

const point = z
  .record(z.string(), z.number())
  .describe("the coordinates of a cell within its scenario, such as { subscribers: 100 }");

const phase = z.enum(["start", "verify", "ramp", "warm-up", "measure", "drain", "stop"]);

const errorCounts = z
  .object({
    connect: count.describe("connections that could not be made"),
    ended: count.describe("subscriptions that ended before they should"),
    publish: count.describe("webhooks answered with anything but 2xx, or not at all"),
    missing: count.describe("events that a subscriber should have had and did not, when the drain was over"),
    repeated: count.describe("events that a subscriber had before, or in the wrong order"),
    dropped: count.describe("webhooks not sent because too many were under way"),
  })
  .describe("faults seen by the load, by kind; each is shown beside the figures when it is not 0");

const loadProcessUse = z.object({
  role: z
    .enum(["subscribers", "publisher", "ingest", "relay", "conductor", "lab"])
    .describe(
      "conductor: the run's own process, where it leads from one event to the next; lab: a lab's own load",
    ),
  utilisation: share.describe("CPU time over wall time while measuring, 0 to 1"),
});

const completed = z.object({
  state: z.literal("completed"),
  figures: z
    .record(z.string(), z.number())
    .describe("by the names in the scenario's columns and costs; a figure that means nothing is absent"),
  histograms: z
    .record(z.string(), z.string())
    .describe("latencies in microseconds, as HDR histograms in their compressed base64 form"),
  errors: errorCounts,
  sending: z
    .object({
      planned: count.describe("webhooks that the schedule asked for"),
      late: count.describe("of these, sent more than 1 ms after their time"),
      latestMs: durationMs.describe("how long after its time the latest was sent"),
    })
    .optional()
    .describe("how well the publisher kept its schedule; only where there was one"),
  load: z.array(loadProcessUse),
  relayLateness: z
    .object({ medianMs: durationMs, p99Ms: durationMs, longestMs: durationMs })
    .optional()
    .describe("how long after its time the relay passed something on; only where there is one"),
  generatorBound: z
    .boolean()
    .describe("the load was over 80 % busy: the figures may be its own, and no verdict uses them"),
  notes: z.array(z.string()).describe("what a reader of the figures has to know, as sentences"),
});

const failed = z.object({ state: z.literal("failed"), phase, message: z.string() });
const exempt = z.object({ state: z.literal("exempt"), reason: z.string() });

const coreSpeed = z
  .object({ server: z.number().positive(), load: z.number().positive() })
  .describe("speed of the two cores: turns of one fixed loop per microsecond");

const trial = z
  .object({
    scenario: z.string(),
    arm: z.string().describe("the server; in a lab, what stands in its place"),
    point,
    clampedBecause: z
      .string()
      .optional()
      .describe("set where the server's ceiling made the point smaller than that of the others"),
    block: count.describe("counts from 1; a block holds every cell once, in random order"),
    sitting: count.describe(
      "which sitting of the run, from 1; figures of a block that two sittings share are not paired across them",
    ),
    startedAt: moment,
    durationMs,
    coreSpeed: coreSpeed.describe("just before the trial"),
    outcome: z.discriminatedUnion("state", [completed, failed, exempt]),
  })
  .describe("one measured repeat of a cell");

const check = z
  .object({
    name: z.string(),
    unit,
    expected: z.number(),
    measured: z.number(),
    allowed: z.number().nonnegative().describe("how far the measured may lie from the expected"),
    passed: z.boolean(),
  })
  .describe("one known answer, and what the instrument made of it");

const calibration = z.object({
  startedAt: moment,
  durationMs,
  checks: z.array(check),
  coreSpeed,
  network: z
    .object({ medianMs: durationMs, p99Ms: durationMs, samples: count })
    .optional()
    .describe("round trips measured through the relay; only where there is one"),
});

const environment = z.object({
  cpu: z.string(),
  cores: count,
  memoryBytes: count,
  platform: z.string(),
  kernel: z.string(),
  node: z.string(),
  packages: z.record(z.string(), z.string()),
  commit: z
    .string()
    .optional()
    .describe("of the project, with + when the work tree differs from it; absent outside a checkout"),
  build: z.string().describe("hash of the compiled code: equal builds measure with the same code"),
  openFilesLimit: count.optional(),
  tcpCongestionControl: z.string().optional(),
  clockResolutionNs: z.number().positive().describe("smallest step seen between two readings of the clock"),
  loadAverage: z.number().nonnegative().describe("over one minute, before the run"),
  pinning: z.string().describe("how server and load are kept apart"),
  unavailable: z
    .record(z.string(), z.string())
    .describe("probes that this machine does not have, each with the reason"),
});

export const runShape = z.object({
  schemaVersion: z.literal(schemaVersion),
  id: z.string().describe("also the name of its folder"),
  startedAt: moment.describe("ISO 8601, UTC: of the first sitting"),
  durationMs: durationMs.describe("of all its sittings together, without the time between them"),
  complete: z.boolean().describe("whether every trial of the plan was run"),
  options: z
    .record(
      z.string(),
      z.union([z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), z.number()]))]),
    )
    .describe("what decided what was measured: the command's options, the profile's values, the servers'"),
  seed: z.number(),
  network: z.object({
    name: z.string(),
    roundTripMs: durationMs.describe("added by the relay; 0 where there is none"),
    bitsPerSecond: z.number().positive().optional().describe("absent: as much as loopback carries"),
  }),
  environment,
  calibrations: z
    .array(calibration)
    .describe("one for every start of the run; it is calibrated when every check of all of them passed"),
  servers: z.array(server).describe("in the order of every table"),
  scenarios: z.array(scenario).describe("in the order of every table"),
  trials: z.array(trial),
});

/** Nobody who is handed a run may change it. */
type Frozen<T> = T extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Frozen<T[Key]> }
    : T;

export type Run = Frozen<z.infer<typeof runShape>>;
export type Network = Run["network"];
export type Environment = Run["environment"];
export type Calibration = Frozen<z.infer<typeof calibration>>;
export type Check = Frozen<z.infer<typeof check>>;
export type CoreSpeed = Frozen<z.infer<typeof coreSpeed>>;
export type Arm = Frozen<z.infer<typeof arm>>;
export type ServerInfo = Frozen<z.infer<typeof server>>;
export type ScenarioInfo = Frozen<z.infer<typeof scenario>>;
export type Column = Frozen<z.infer<typeof column>>;
export type Unit = z.infer<typeof unit>;
/** The coordinates of a cell within its scenario, such as `{ subscribers: 100 }`. */
export type Point = Frozen<z.infer<typeof point>>;
/** One measured repeat of a cell. */
export type Trial = Frozen<z.infer<typeof trial>>;
export type Phase = z.infer<typeof phase>;
export type Outcome = Trial["outcome"];
export type Completed = Frozen<z.infer<typeof completed>>;
export type Failed = Frozen<z.infer<typeof failed>>;
/** Faults seen by the load, by kind; each is shown beside the figures when it is not 0. */
export type ErrorCounts = Frozen<z.infer<typeof errorCounts>>;
export type LoadProcessUse = Frozen<z.infer<typeof loadProcessUse>>;
