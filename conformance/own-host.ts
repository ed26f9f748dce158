import type { Ceiling } from "../servers/contract.ts";
import { loadClient, loadServer, type ServerName } from "../servers/index.ts";
import { type LaunchedServer, launchServer } from "../servers/launch.ts";
import type { Host, Pace } from "./check.ts";

/** One of our own servers, which the suite starts itself. */
export async function ownHost(name: ServerName): Promise<Host> {
  const server = await loadServer(name);
  let shared: LaunchedServer | undefined;
  let end: string | undefined;
  return {
    serverName: name,
    transport: server.transport,
    client: await loadClient(server.transport),
    exempt: server.exempt,
    pace: paceOf(server.ceiling),
    async shared() {
      if (shared === undefined || end !== undefined) {
        const launched = await launchServer(name);
        shared = launched;
        end = undefined;
        void launched.ended.then((sentence) => {
          end = sentence;
        });
      }
      return shared.endpoints;
    },
    sharedEnd: () => end,
    launch: (options) => launchServer(name, { server: options }),
    close: async () => {
      await shared?.kill();
    },
  };
}

/** A server with a ceiling pays much for each request: it is asked less often, and given longer. */
function paceOf(ceiling: Ceiling | undefined): Pace {
  if (ceiling === undefined) return { pollMs: 20, publishers: 8, deadlineMs: 20_000 };
  const pollsPerSecond = Math.max(1, ceiling.eventsPerSecond / 4);
  return { pollMs: Math.max(50, 1_000 / pollsPerSecond), publishers: 4, deadlineMs: 60_000 };
}
