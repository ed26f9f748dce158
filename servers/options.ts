import type { ServerOptions } from "./contract.ts";

/** Every option of a server, declared once: its default and what it means. */
export const serverOptionTable = {
  host: { default: "127.0.0.1", help: "address to listen on" },
  port: { default: 0, help: "HTTP port; 0: any free one" },
  tcpPort: { default: 0, help: "port of the raw TCP listener (tcp only); 0: any free one" },
  webhookSecret: { default: "", help: "Standard Webhooks secret, whsec_...; empty: no signature needed" },
  webhooksPerSecond: { default: 0, help: "webhooks accepted per second, then 429; 0: no limit" },
  historyEvents: {
    default: 10_000,
    help: "newest events kept for subscribers that come back, within 64 MiB",
  },
  heartbeatMs: { default: 15_000, help: "interval of the traffic that finds vanished subscribers" },
  workers: { default: 256, help: "threads (threads-*) or child processes (cgi) at once" },
  queueLength: { default: 256, help: "connections or requests that may wait for a worker, then 503" },
} as const satisfies { [K in keyof ServerOptions]: { default: ServerOptions[K]; help: string } };

/** The options with every default in place. */
export function withDefaults(given: Partial<ServerOptions> = {}): ServerOptions {
  const defaults = Object.fromEntries(
    Object.entries(serverOptionTable).map(([name, { default: value }]) => [name, value]),
  );
  return { ...(defaults as unknown as ServerOptions), ...given };
}
