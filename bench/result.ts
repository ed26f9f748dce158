/** What a run leaves behind: the shape of `run.json`. Types only. */
import type { IoModel, Transport } from "../servers/contract.ts";

/** Raised whenever a reader of the old shape would misread the new one. */
export const schemaVersion = 1;

export interface Run {
  readonly schemaVersion: typeof schemaVersion;
  /** Also the name of its folder. */
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly startedAt: string;
  readonly durationMs: number;
  /** Whether every trial of the plan was run. */
  readonly complete: boolean;
  /** What decided what was measured: the command's options, the profile's values, the servers' options. */
  readonly options: Readonly<Record<string, Option>>;
  readonly seed: number;
  readonly environment: Environment;
  /** The servers of the run, in the order of every table. */
  readonly servers: readonly ServerInfo[];
  /** The scenarios of the run, in the order of every table. */
  readonly scenarios: readonly ScenarioInfo[];
  readonly trials: readonly Trial[];
}

export type Option = string | number | boolean | readonly (string | number)[];

export interface ServerInfo {
  readonly name: string;
  readonly ioModel: IoModel;
  readonly transport: Transport;
  readonly summary: string;
}

export interface ScenarioInfo {
  readonly name: string;
  readonly question: string;
  /** What holds for all its trials, as sentences: rates, intervals, sizes. */
  readonly conditions: readonly string[];
  readonly columns: readonly Column[];
}

/** One figure of a scenario, as a column of its table. */
export interface Column {
  /** The key among a trial's figures. */
  readonly figure: string;
  readonly title: string;
  readonly unit: Unit;
  readonly better: "lower" | "higher";
}

export type Unit = "ms" | "µs" | "per second" | "count" | "bytes" | "percent";

/** The coordinates of a cell within its scenario, such as `{ subscribers: 100 }`. */
export type Point = Readonly<Record<string, number>>;

/** One measured repeat of a cell. */
export interface Trial {
  readonly scenario: string;
  readonly server: string;
  readonly point: Point;
  /** Set where the server's ceiling made the point smaller than that of the others. */
  readonly clampedBecause?: string;
  /** Counts from 1; a block holds every cell once, in random order. */
  readonly block: number;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly outcome: Outcome;
}

export type Phase = "start" | "verify" | "ramp" | "warm-up" | "measure" | "drain" | "stop";

export type Outcome = Completed | Failed | Exempt;

export interface Completed {
  readonly state: "completed";
  /** By the names in the scenario's columns, in their units. A figure that could not be read is absent. */
  readonly figures: Readonly<Record<string, number>>;
  /** Latencies in microseconds, as HDR histograms in their compressed base64 form. */
  readonly histograms: Readonly<Record<string, string>>;
  readonly errors: ErrorCounts;
  readonly load: readonly LoadProcessUse[];
  /** A load process was over 80 % busy: the figures may be the generator's own. */
  readonly generatorBound: boolean;
  /** What a reader of the figures has to know, as sentences. */
  readonly notes: readonly string[];
}

export interface Failed {
  readonly state: "failed";
  readonly phase: Phase;
  readonly message: string;
}

export interface Exempt {
  readonly state: "exempt";
  readonly reason: string;
}

/** Faults seen by the load, by kind; each is shown beside the figures when it is not 0. */
export interface ErrorCounts {
  /** Connections that could not be made. */
  readonly connect: number;
  /** Subscriptions that ended before they should. */
  readonly ended: number;
  /** Webhooks answered with anything but 2xx, or not at all. */
  readonly publish: number;
  /** Events that a subscriber should have had and did not, when the drain was over. */
  readonly missing: number;
  /** Events that a subscriber had before, or in the wrong order. */
  readonly repeated: number;
  /** Webhooks not sent because too many were under way. */
  readonly dropped: number;
}

export interface LoadProcessUse {
  readonly role: "subscribers" | "publisher" | "ingest";
  /** CPU time over wall time while measuring, 0 to 1. */
  readonly utilisation: number;
}

export interface Environment {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryBytes: number;
  readonly platform: string;
  readonly kernel: string;
  readonly node: string;
  readonly packages: Readonly<Record<string, string>>;
  /** Commit of the project, with `+` when the work tree differs from it; absent outside a checkout. */
  readonly commit?: string;
  readonly openFilesLimit?: number;
  readonly tcpCongestionControl?: string;
  /** Load average over one minute before the run. */
  readonly loadAverage: number;
  /** How server and load are kept apart. */
  readonly pinning: string;
}
