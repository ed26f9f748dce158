/** A server that waits for a database, with nothing else to do. */
export interface Waiting {
  /** Queries that it can have under way at once. */
  readonly atOnce: number;
  /** Requests that there are at once, each of one query. */
  readonly clients: number;
  readonly queryMs: number;
}

/** Queries under way while all clients wait. */
export function widthOf({ atOnce, clients }: Pick<Waiting, "atOnce" | "clients">): number {
  return Math.min(atOnce, clients);
}

/**
 * Answers per second of a server whose waits are all that takes time: each query under way ends after `queryMs`, and the
 * next takes its place. Source: J. D. C. Little, "A Proof for the Queuing Formula L = λW", 1961.
 */
export function lawPerSecond(waiting: Waiting): number {
  return (widthOf(waiting) * 1_000) / waiting.queryMs;
}

/**
 * Answers per second, from the times of the answers, in their order. Queries that began together end together, in waves
 * of `width`, so a window that cuts a wave would count too much or too little: counted from one answer to that which came
 * whole waves later, each query slot has answered equally often. Throws of less than one wave.
 */
export function steadyPerSecond(answersMs: readonly number[], width: number): number {
  const counted = Math.floor((answersMs.length - 1) / width) * width;
  const [first, last] = [answersMs[0], answersMs[counted]];
  if (counted <= 0 || first === undefined || last === undefined || last <= first)
    throw new Error(
      `expected more than ${width} answers, a whole wave of them, got ${answersMs.length}: measure for longer`,
    );
  return (counted * 1_000) / (last - first);
}
