/** What a scenario is: a question, its axes, the load it asks for and the figures it reads off. Types only. */
import type { Ceiling, IoModel, ProcessUsage } from "../../servers/contract.ts";
import type { Profile } from "../profiles.ts";
import type { Column, Point } from "../result.ts";
import type { ArrivalKind } from "../stats/poisson.ts";

export interface Scenario {
  readonly name: string;
  readonly question: string;
  /** What answers the question. */
  readonly columns: readonly Column[];
  /** What the answer cost: readings of the probes. */
  readonly costs: readonly Column[];
  /** Whether the figures are a ceiling of the server, which must then be busy while they are taken. */
  readonly saturates: boolean;
  /** What holds for all its trials in this profile, as sentences. */
  conditions(profile: Profile, clients: ClientConditions, arrivals: ArrivalKind): readonly string[];
  points(profile: Profile): readonly Point[];
  /** The point, made as small as the server's ceiling asks. */
  clamp(point: Point, ceiling: Ceiling): Point;
  load(point: Point, profile: Profile): Load;
  /** Pure: the figures of one trial, from what was measured in it. */
  figures(measured: Measured): Figures;
}

/** How subscribers behave, on the transports that leave it to them. */
export interface ClientConditions {
  /** Interval of a polling subscriber. */
  readonly pollMs: number;
  /** How long a comet request may be held. */
  readonly waitSeconds: number;
}

/** What a trial does, phase by phase. */
export interface Load {
  readonly subscribers: number;
  /** What subscribes: the server's page in a browser; absent: clients of its transport. */
  readonly subscribersAre?: "pages";
  /**
   * Where subscribers poll, measuring begins at a random moment of their interval: it would otherwise be the same in each
   * trial, just after the last event of the warm-up was asked for.
   */
  readonly fromRandomMoment?: boolean;
  /** Interval at which those that poll do so, where it is not the run's. */
  readonly ownPollMs?: number;
  /** Time the ramp may take; a ramp that is over by then is not the server's limit. */
  readonly rampMs: number;
  /** Whether fewer subscribers than asked for are a result, not a failure. */
  readonly fewerWillDo?: boolean;
  /** Whether the delay of the server's event loop is watched while measuring: it adds to CPU time, see `loopDelay`. */
  readonly watchLoopDelay: boolean;
  /** Whether the server takes signed webhooks alone; those of a closed model are not signed. */
  readonly signed?: boolean;
  readonly warmUp: Traffic;
  readonly measure: Traffic;
}

export type Traffic =
  /** Nothing happens. */
  | { readonly kind: "idle"; readonly durationMs: number }
  /** Open model: webhooks come at this rate on average, whatever the answers do. */
  | {
      readonly kind: "open";
      readonly eventsPerSecond: number;
      readonly durationMs: number;
      readonly payloadBytes: number;
    }
  /** Closed model: each connection sends its next webhook when the last is answered. */
  | {
      readonly kind: "closed";
      readonly connections: number;
      readonly durationMs: number;
      readonly payloadBytes: number;
    }
  /** One event, then the next when all subscribers have it: for `forMs`, but at least and at most so many. */
  | {
      readonly kind: "rounds";
      readonly atLeast: number;
      readonly atMost: number;
      readonly forMs: number;
      readonly payloadBytes: number;
      /**
       * Where subscribers poll, each event but the first waits a random time up to so many poll intervals. Without,
       * it would come just after the last of them has asked, and meet the same moment of their intervals each time.
       */
      readonly pausePolls: number;
      /** Each round is due so long after the one before it was, so that the load rests in between; absent: at once. */
      readonly everyMs?: number;
    };

/** What one trial has measured. */
export interface Measured {
  readonly ioModel: IoModel;
  /** Wall time of the measure phase. */
  readonly durationMs: number;
  /** Webhooks accepted while measuring. */
  readonly accepted: number;
  readonly ramp: RampResult;
  /** The server before the first subscriber, and before and after measuring; the drain is between these too. */
  readonly server: {
    readonly unloaded: ProcessUsage;
    readonly before: ProcessUsage;
    readonly after: ProcessUsage;
  };
  /** Before the first subscriber, and with all of them. */
  readonly memory: { readonly unloaded: MemoryReading; readonly loaded: MemoryReading };
  /** What went over loopback between `server.before` and `server.after`; undefined where this machine does not tell. */
  readonly loopback: LoopbackTraffic | undefined;
  /** What the subscribers' sockets have read and written while measuring, without what TCP adds. */
  readonly subscriberBytes: { readonly bytesIn: number; readonly bytesOut: number };
  /** How far each latency may be off, where subscribers have a clock of their own; else 0. */
  readonly clockUncertaintyMs: number;
  /** Of every delivery while measuring. */
  readonly latency: LatencySummary;
  /** Latencies of each round, in milliseconds, in any order. */
  readonly rounds: readonly (readonly number[])[];
  /** CPU time over wall time of all load processes together, which share a core: 0 to 1. */
  readonly loadUtilisation: number;
}

/** What connecting the subscribers came to. */
export interface RampResult {
  readonly connected: number;
  readonly durationMs: number;
  /** What ended the ramp, as words after "the ramp ended:". */
  readonly limit: string;
  /** CPU time over wall time of all load processes together, which share a core, while they connected. */
  readonly loadUtilisation: number;
  /** How much the load's own memory grew. */
  readonly loadMemoryBytes: number;
  /** How much the kernel's counters grew; undefined where this machine does not tell. */
  readonly listenQueue: { readonly overflows: number; readonly synRetransmits: number } | undefined;
}

/** Memory that a server takes, as far as this machine tells. */
export interface MemoryReading {
  /** Of its process and all its descendants. */
  readonly pssBytes: number | undefined;
  readonly sockets: SocketMemory | undefined;
}

/** Kernel memory of the open TCP connections: server and load share one kernel, so both ends are in it. */
export interface SocketMemory {
  readonly sockets: number;
  /** What a socket takes with nothing in it. */
  readonly bytesPerSocket: number;
  /** What waits in the sockets to be sent or read, with the kernel's overhead. */
  readonly bufferBytes: number;
}

/** IP packets with their headers, each counted once. */
export interface LoopbackTraffic {
  readonly bytes: number;
  readonly packets: number;
}

/** The latency histogram, as far as scenarios need it. */
export interface LatencySummary {
  readonly count: number;
  percentileMs(percent: number): number | undefined;
}

export interface Figures {
  /** By column; undefined where the figure would mean nothing, which `notes` then explain. */
  readonly figures: Readonly<Record<string, number | undefined>>;
  readonly notes: readonly string[];
  /** Latencies in milliseconds whose whole distribution is worth keeping, by name. */
  readonly distributions?: Readonly<Record<string, readonly number[]>>;
}

/** Columns that scenarios share, with what computes their figures. */
export interface Costs {
  readonly columns: readonly Column[];
  figures(measured: Measured): Figures;
}
