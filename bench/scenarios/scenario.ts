/** What a scenario is: a question, its axes, the load it asks for and the figures it reads off. */
import type { Ceiling, ProcessUsage } from "../../servers/contract.ts";
import type { Profile } from "../profiles.ts";
import type { Column, Point } from "../result.ts";

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

/** How webhooks are spread over time: evenly, or at random as calls of many independent senders are. */
export const arrivalKinds = ["constant", "poisson"] as const;
export type ArrivalKind = (typeof arrivalKinds)[number];

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
  /** Time the ramp may take; a ramp that is over by then is not the server's limit. */
  readonly rampMs: number;
  /** Whether fewer subscribers than asked for are a result, not a failure. */
  readonly fewerWillDo?: boolean;
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
    };

/** What one trial has measured. */
export interface Measured {
  /** Wall time of the measure phase. */
  readonly durationMs: number;
  /** Webhooks accepted while measuring. */
  readonly accepted: number;
  readonly ramp: { readonly connected: number; readonly durationMs: number; readonly limit: string };
  /** The server before the first subscriber, and before and after measuring. */
  readonly server: {
    readonly unloaded: ProcessUsage;
    readonly before: ProcessUsage;
    readonly after: ProcessUsage;
  };
  readonly latency: LatencySummary;
  /** Latencies of each round, in milliseconds, in any order. */
  readonly rounds: readonly (readonly number[])[];
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
}
