import type { ServerOptions } from "../contract.ts";
import type { Service } from "./answer.ts";
import { RateLimit } from "./rate-limit.ts";
import { Switchboard } from "./switchboard.ts";

/** The service of a server that runs in one thread: its switchboard, and what the shared routes need. */
export function createService(
  name: string,
  options: ServerOptions,
): { switchboard: Switchboard; service: Service } {
  const switchboard = new Switchboard();
  const limit = new RateLimit(options.webhooksPerSecond);
  const service: Service = {
    name,
    webhookSecret: options.webhookSecret,
    publish: (event) => switchboard.publish(event),
    admit: (nowMs) => limit.take(nowMs),
  };
  return { switchboard, service };
}
