/** Headers of an event stream. `X-Accel-Buffering` asks nginx, and proxies like it, not to hold it back. */
export const sseHeaders = {
  "Content-Type": "text/event-stream",
  "Cache-Control": "no-store",
  "X-Accel-Buffering": "no",
} as const;
