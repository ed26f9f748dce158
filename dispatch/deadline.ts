import type { Clock } from "./clock.ts";

/**
 * What `work` gives within `ms`. Rejects when the time is over or `stop` is aborted, whatever the work does: the
 * signal tells it to end. The limit is one for all of it, so an answer that drips in slowly gains nothing.
 */
export async function withDeadline<T>(
  clock: Clock,
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
  stop?: AbortSignal,
): Promise<T> {
  const abort = new AbortController();
  const { signal } = abort;
  const over = new Promise<never>((_resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
  const onStop = () => abort.abort(stop?.reason);
  stop?.addEventListener("abort", onStop, { once: true });
  if (stop?.aborted) onStop();
  const cancel = clock.after(ms, () =>
    abort.abort(new Error(`expected an answer within ${ms / 1_000} s, got none`)),
  );
  try {
    return await Promise.race([work(signal), over]);
  } finally {
    cancel();
    stop?.removeEventListener("abort", onStop);
  }
}

/** What an error says. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
