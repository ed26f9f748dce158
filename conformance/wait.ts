import { setTimeout as pause } from "node:timers/promises";

/** The promise's value; rejects when it takes longer. `what`: the thing that was expected. */
export async function within<T>(deadlineMs: number, what: string, promise: Promise<T>): Promise<T> {
  const stop = new AbortController();
  const deadline = pause(deadlineMs, undefined, { signal: stop.signal }).then(() => {
    throw new Error(`expected ${what} within ${deadlineMs} ms, got nothing`);
  });
  try {
    return await Promise.race([promise, deadline]);
  } finally {
    deadline.catch(() => {}); // Aborted below, when nobody waits for it any more.
    stop.abort();
  }
}

/** Asks `probe` again and again until what it gives is `wanted`. */
export async function eventually<T>(
  deadlineMs: number,
  what: string,
  probe: () => Promise<T>,
  wanted: (value: T) => boolean,
): Promise<T> {
  const endMs = performance.now() + deadlineMs;
  for (;;) {
    const value = await probe();
    if (wanted(value)) return value;
    if (performance.now() > endMs) {
      throw new Error(`expected ${what} within ${deadlineMs} ms, got ${JSON.stringify(value)}`);
    }
    await pause(20);
  }
}
