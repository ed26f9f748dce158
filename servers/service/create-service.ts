import type { ServerOptions } from "../contract.ts";
import type { About, Service } from "./answer.ts";
import { History, historyLimits } from "./history.ts";
import { RateLimit } from "./rate-limit.ts";
import { Switchboard } from "./switchboard.ts";

/** The service of a server that runs in one thread: its switchboard, and what the shared routes need. */
export function createService(
  about: About,
  options: ServerOptions,
): { switchboard: Switchboard; service: Service } {
  const switchboard = new Switchboard(new History(historyLimits(options.historyEvents)));
  const limit = new RateLimit(options.webhooksPerSecond);
  const service: Service = {
    about,
    options,
    publish: (event) => switchboard.publish(event),
    last: () => switchboard.history.last,
    admit: (nowMs) => limit.take(nowMs),
  };
  return { switchboard, service };
}
