/** Where the server is spoken to over HTTP. */
export const routes = {
  /** POST: what the client says. */
  say: "/say",
  /** GET, held for `holdMs` at most: one answer. */
  listen: "/listen",
  /** GET: all answers, as server-sent events. */
  stream: "/stream",
  /** WebSocket: both ways. */
  ws: "/ws",
} as const;
