import { z } from "zod";

const count = z.int().positive();
const counts = z.array(count).readonly();

/** How much a run measures: the same scenarios, with more points, longer and oftener. */
export const profileShape = z.object({
  /** How long webhooks are sent to the reference server before the first trial. */
  calibrationMs: count,
  blocks: count,
  /** Of the subscribers that a server's ceiling allows, the part it gets, from 0 to 1: starting threads takes time. */
  ceilingShare: z.number().positive().max(1),
  warmUpMs: count,
  measureMs: count,
  /** Interval of polling subscribers. */
  pollMs: count,
  deliveryEventsPerSecond: count,
  /** How long they come, in place of `measureMs`: percentiles take so many of them, also where chance decides how many. */
  deliveryMs: count,
  deliverySubscribers: counts,
  /** Webhooks per second where the rate is what changes; none where the profile has no time for that. */
  rates: counts,
  /** Whole intervals of polling, and enough webhooks for a p99 at the lowest rate. */
  ratesMs: count,
  /** As for delivery, where a page in a browser is the subscriber, which draws each event. */
  browserEventsPerSecond: count,
  browserMs: count,
  fanOutSubscribers: counts,
  connections: counts,
  /** Time that a ramp of connections may take. */
  rampMs: count,
  ingestConnections: counts,
});

export type Profile = Readonly<z.infer<typeof profileShape>>;

/** The talk's article has its pages poll every second. */
const pollMs = 1_000;

export const profiles = {
  /** Does everything work? In a minute and a half; its figures mean nothing. */
  smoke: {
    calibrationMs: 1_800,
    blocks: 1,
    ceilingShare: 0.02,
    warmUpMs: 10,
    measureMs: 50,
    pollMs: 100,
    deliveryEventsPerSecond: 100,
    deliveryMs: 60,
    deliverySubscribers: [2],
    rates: [],
    ratesMs: 60,
    browserEventsPerSecond: 50,
    browserMs: 60,
    fanOutSubscribers: [5],
    connections: [20],
    rampMs: 5_000,
    ingestConnections: [2],
  },
  /** Orders of magnitude, and a verdict where these are enough, in less than five minutes; the 300 webhooks that a p99 takes. */
  quick: {
    calibrationMs: 6_000,
    blocks: 1,
    ceilingShare: 0.15,
    warmUpMs: 300,
    measureMs: 1_000,
    pollMs,
    deliveryEventsPerSecond: 200,
    deliveryMs: 2_000,
    deliverySubscribers: [10],
    rates: [],
    ratesMs: 1_000,
    browserEventsPerSecond: 50,
    browserMs: 1_000,
    fanOutSubscribers: [50],
    connections: [500],
    rampMs: 10_000,
    ingestConnections: [10],
  },
  /** Intervals, which take six blocks, and with them all verdicts that this machine can give; in less than an hour. */
  standard: {
    calibrationMs: 6_000,
    blocks: 6,
    ceilingShare: 0.5,
    warmUpMs: 500,
    measureMs: 1_500,
    pollMs,
    deliveryEventsPerSecond: 200,
    deliveryMs: 2_000,
    deliverySubscribers: [10],
    rates: [400, 1_200, 3_600],
    ratesMs: 1_000,
    browserEventsPerSecond: 50,
    browserMs: 6_000,
    fanOutSubscribers: [200],
    connections: [1_000],
    rampMs: 30_000,
    ingestConnections: [10],
  },
  /** Narrow intervals and more points; takes hours. */
  full: {
    calibrationMs: 6_000,
    blocks: 10,
    ceilingShare: 1,
    warmUpMs: 2_000,
    measureMs: 5_000,
    pollMs,
    deliveryEventsPerSecond: 100,
    deliveryMs: 5_000,
    deliverySubscribers: [10, 100],
    rates: [400, 1_200, 3_600],
    ratesMs: 5_000,
    browserEventsPerSecond: 50,
    browserMs: 8_000,
    fanOutSubscribers: [200, 1_000, 5_000],
    connections: [10_000, 20_000],
    rampMs: 60_000,
    ingestConnections: [10, 50],
  },
} as const satisfies Record<string, Profile>;

export type ProfileName = keyof typeof profiles;
export const profileNames = Object.keys(profiles) as ProfileName[];
