/** How much a run measures: the same scenarios, with more points, longer and oftener. */
export interface Profile {
  /** How long webhooks are sent to the reference server before the first trial. */
  readonly calibrationMs: number;
  readonly blocks: number;
  /** Of the subscribers that a server's ceiling allows, the part it gets, from 0 to 1: starting threads takes time. */
  readonly ceilingShare: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
  readonly deliveryEventsPerSecond: number;
  readonly deliverySubscribers: readonly number[];
  readonly fanOutSubscribers: readonly number[];
  readonly connections: readonly number[];
  /** Time that a ramp of connections may take. */
  readonly rampMs: number;
  readonly ingestConnections: readonly number[];
}

export const profiles = {
  smoke: {
    calibrationMs: 1_800,
    blocks: 1,
    ceilingShare: 0.05,
    warmUpMs: 50,
    measureMs: 200,
    deliveryEventsPerSecond: 50,
    deliverySubscribers: [2],
    fanOutSubscribers: [5],
    connections: [20],
    rampMs: 5_000,
    ingestConnections: [2],
  },
  quick: {
    calibrationMs: 6_000,
    blocks: 1,
    ceilingShare: 0.25,
    warmUpMs: 300,
    measureMs: 800,
    deliveryEventsPerSecond: 100,
    deliverySubscribers: [10],
    fanOutSubscribers: [50],
    connections: [1_000],
    rampMs: 10_000,
    ingestConnections: [10],
  },
  standard: {
    calibrationMs: 6_000,
    blocks: 6,
    ceilingShare: 1,
    warmUpMs: 1_000,
    measureMs: 3_000,
    deliveryEventsPerSecond: 100,
    deliverySubscribers: [10, 100],
    fanOutSubscribers: [200, 1_000],
    connections: [10_000],
    rampMs: 30_000,
    ingestConnections: [10],
  },
  full: {
    calibrationMs: 6_000,
    blocks: 10,
    ceilingShare: 1,
    warmUpMs: 2_000,
    measureMs: 5_000,
    deliveryEventsPerSecond: 100,
    deliverySubscribers: [10, 100],
    fanOutSubscribers: [200, 1_000, 5_000],
    connections: [10_000, 20_000],
    rampMs: 60_000,
    ingestConnections: [10, 50],
  },
} as const satisfies Record<string, Profile>;

export type ProfileName = keyof typeof profiles;
export const profileNames = Object.keys(profiles) as ProfileName[];
