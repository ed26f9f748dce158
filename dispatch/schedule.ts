/**
 * When a delivery is tried again, and what an answer means: pure functions.
 * Source: Standard Webhooks 1.0.0, "Deliverability and reliability"; RFC 9110, sections 10.2.3 and 15.
 */
const [second, minute, hour] = [1_000, 60_000, 3_600_000];

/** Pauses before each attempt, counted from the end of the one before. In all 75 h 35 min 5 s. */
export const pausesMs: readonly number[] = [
  0,
  5 * second,
  5 * minute,
  30 * minute,
  2 * hour,
  5 * hour,
  10 * hour,
  14 * hour,
  20 * hour,
  24 * hour,
];

/** By how much of itself a pause may be longer or shorter, so that what failed together does not come back together. */
export const jitter = 0.1;

/** Longest that a receiver may put us off by Retry-After. */
export const maxRetryAfterMs = 24 * hour;

/** Time an attempt may take, from the look-up of the name to the head of the answer. */
export const attemptTimeoutMs = 15 * second;

/** How long a target that asks for less gets nothing, unless it says itself how long. */
export const throttleMs = 30 * second;

/** What a receiver said, as far as it matters here. */
export interface Answered {
  readonly status: number;
  readonly retryAfter: string | undefined;
}

export type Verdict =
  | { readonly kind: "delivered" }
  /** The receiver wants no more, ever. */
  | { readonly kind: "gone" }
  | {
      readonly kind: "failed";
      readonly reason: string;
      /** What the receiver asked us to wait; 0 if nothing. */
      readonly retryAfterMs: number;
      /** Whether the receiver, or what stands before it, has too much to do. */
      readonly overloaded: boolean;
    };

/** What is to be done with a delivery after an attempt. */
export type NextStep =
  | { readonly kind: "delivered" }
  | { readonly kind: "gone" }
  | { readonly kind: "retry"; readonly dueMs: number; readonly reason: string }
  /** That was the last attempt: the subscription is disabled. */
  | { readonly kind: "exhausted"; readonly reason: string };

export function verdictOf({ status, retryAfter }: Answered, nowMs: number): Verdict {
  if (status >= 200 && status < 300) return { kind: "delivered" };
  if (status === 410) return { kind: "gone" };
  const redirect = status >= 300 && status < 400 ? ", and redirects are not followed" : "";
  return {
    kind: "failed",
    reason: `expected a status from 200 to 299, got ${status}${redirect}`,
    retryAfterMs: parseRetryAfter(retryAfter, nowMs),
    overloaded: status === 429 || status === 502 || status === 504,
  };
}

/** The verdict on an attempt that got no answer. */
export function failedWith(reason: string): Verdict {
  return { kind: "failed", reason, retryAfterMs: 0, overloaded: false };
}

/** The milliseconds in a Retry-After header, seconds or a date; 0 where it is absent, past or neither. */
export function parseRetryAfter(text: string | undefined, nowMs: number): number {
  if (text === undefined) return 0;
  const ms = /^\d+$/.test(text) ? Number(text) * second : Date.parse(text) - nowMs;
  // Whatever else `Date.parse` takes for a date, a header of HTTP names the day of the week.
  if (Number.isNaN(ms) || !/^(?:\d+$|[A-Z][a-z]{2,8},? )/.test(text)) return 0;
  return Math.min(Math.max(ms, 0), maxRetryAfterMs);
}

/**
 * `attempts` counts those made, this one among them; `random` gives numbers from 0 up to 1; `pauses` come before each
 * attempt, in milliseconds.
 */
export function nextStep(
  verdict: Verdict,
  attempts: number,
  nowMs: number,
  random: () => number,
  pauses: readonly number[] = pausesMs,
): NextStep {
  if (verdict.kind !== "failed") return verdict;
  const { reason, retryAfterMs } = verdict;
  const pauseMs = pauses[attempts];
  if (pauseMs === undefined) return { kind: "exhausted", reason };
  const dueMs = nowMs + Math.max(pauseMs * (1 + jitter * (2 * random() - 1)), retryAfterMs);
  return { kind: "retry", dueMs: Math.round(dueMs), reason };
}
