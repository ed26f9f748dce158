import type { RunningServer, ServerOptions } from "../contract.ts";
import type { About, Service } from "./answer.ts";
import { History, historyLimits } from "./history.ts";
import { openJournal } from "./journal.ts";
import { createKeyRings } from "./keys.ts";
import { RateLimit } from "./rate-limit.ts";
import { Switchboard } from "./switchboard.ts";

/** What a server that runs in one thread is made of: its switchboard, and what the shared routes need. */
export interface Parts {
  readonly switchboard: Switchboard;
  readonly service: Service;
}

/**
 * Starts a server that runs in one thread on a switchboard of its own, with what its data folder holds. The
 * switchboard is closed behind the server, and when `start` fails, so that the next try finds the folder free.
 */
export async function startService(
  about: About,
  options: ServerOptions,
  start: (parts: Parts) => Promise<RunningServer>,
): Promise<RunningServer> {
  const switchboard = createSwitchboard(options);
  const limit = new RateLimit(options.webhooksPerSecond);
  const service: Service = {
    about,
    options,
    epoch: switchboard.epoch,
    publish: (event) => switchboard.publish(event),
    last: () => switchboard.history.last,
    admit: (nowMs, events) => limit.take(nowMs, events),
  };
  try {
    const running = await start({ switchboard, service });
    return { ...running, close: () => running.close().then(() => switchboard.close()) };
  } catch (error) {
    await switchboard.close();
    throw error;
  }
}

function createSwitchboard(options: ServerOptions): Switchboard {
  const history = new History(historyLimits(options.historyEvents));
  const keys = createKeyRings();
  return new Switchboard(history, Date.now, keys, openJournal(options.dataFolder, history, keys));
}
