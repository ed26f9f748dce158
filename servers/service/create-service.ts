import type { ServerOptions } from "../contract.ts";
import type { About, Service } from "./answer.ts";
import { History, historyLimits } from "./history.ts";
import { openJournal } from "./journal.ts";
import { createKeyRings } from "./keys.ts";
import { RateLimit } from "./rate-limit.ts";
import { Switchboard } from "./switchboard.ts";

/** The switchboard of a server that runs in one thread, with what its data folder holds. */
export function createSwitchboard(options: Pick<ServerOptions, "dataFolder" | "historyEvents">): Switchboard {
  const history = new History(historyLimits(options.historyEvents));
  const keys = createKeyRings();
  return new Switchboard(history, Date.now, keys, openJournal(options.dataFolder, history, keys));
}

/** The service of a server that runs in one thread: its switchboard, and what the shared routes need. */
export function createService(
  about: About,
  options: ServerOptions,
): { switchboard: Switchboard; service: Service } {
  const switchboard = createSwitchboard(options);
  const limit = new RateLimit(options.webhooksPerSecond);
  const service: Service = {
    about,
    options,
    publish: (event) => switchboard.publish(event),
    last: () => switchboard.history.last,
    admit: (nowMs, events) => limit.take(nowMs, events),
  };
  return { switchboard, service };
}
