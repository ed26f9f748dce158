/** How long everybody waits for what, in life and in the lab: pure. */

/** Source of the first: Socket.IO 0.8; of the second: Socket.IO 4. The others are of a strict box and of a service that knows it. */
const life = {
  connectTimeoutMs: 10_000,
  reconnectMs: 1_000,
  idleMs: 25_000,
  /** Of a box that is too strict for the service. */
  soonerIdleMs: 6_000,
  heartbeatMs: 10_000,
  waitSeconds: 20,
  pollMs: 1_000,
} as const;

/** The most that life can be shortened by: comet's requests are held for whole seconds. */
export const largestScale = life.waitSeconds;

/** What an event may take beyond the longest of the client's own waits before it counts as not having come. */
const graceMs = 700;

/** After the first event Socket.IO is not done: how long until its upgrade is, so that nothing moves from there on. */
const settleMs = 500;

export interface Waits {
  /** Socket.IO's client gives an attempt to connect up after so long. */
  readonly connectTimeoutMs: number;
  /** And makes the next after this pause. */
  readonly reconnectMs: number;
  /** The box, if it is one that does so, closes connections on which nothing has moved for so long. */
  readonly idleMs: number;
  readonly heartbeatMs: number;
  /** Of comet's requests. */
  readonly waitSeconds: number;
  readonly pollMs: number;
  /** Between the first event and the later one. */
  readonly quietMs: number;
  /** Of those who wait for an event. */
  readonly patienceMs: number;
}

/** What the box does with idle connections: nothing, or close them later or sooner than the next heartbeat comes. */
export type IdleHabit = "keeps" | "closes" | "closes sooner";

/** All waits, `scale` times shorter than in life. */
export function waitsOf(habit: IdleHabit, scale: number): Waits {
  const idleMs = (habit === "closes sooner" ? life.soonerIdleMs : life.idleMs) / scale;
  const [connectTimeoutMs, reconnectMs] = [life.connectTimeoutMs / scale, life.reconnectMs / scale];
  return {
    connectTimeoutMs,
    reconnectMs,
    idleMs,
    heartbeatMs: life.heartbeatMs / scale,
    waitSeconds: life.waitSeconds / scale,
    pollMs: life.pollMs / scale,
    quietMs: habit === "keeps" ? 0 : settleMs + idleMs,
    patienceMs: connectTimeoutMs + reconnectMs + graceMs,
  };
}

/** The waits as sentences. */
export function waitsText(scale: number): string[] {
  const [later, sooner] = [waitsOf("closes", scale), waitsOf("closes sooner", scale)];
  return [
    ...(scale === 1 ? [] : [`All that waits does so ${scale} times shorter than in life.`]),
    `Socket.IO's client gives a connection up after ${seconds(later.connectTimeoutMs)}; kills-idle closes one that is idle for ` +
      `${seconds(later.idleMs)}, the sooner one for ${seconds(sooner.idleMs)}; heartbeats come every ` +
      `${seconds(later.heartbeatMs)}, and comet's requests are held for ${later.waitSeconds} s.`,
    `An event that has not come after ${seconds(later.patienceMs)} counts as one that does not.`,
  ];
}

function seconds(ms: number): string {
  return `${ms / 1_000} s`;
}
