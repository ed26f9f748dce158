/** All servers of the lab in one process: what is measured is waiting for the network, not their work. */
import type { Endpoints } from "../../../servers/contract.ts";
import { loadServer } from "../../../servers/index.ts";
import { withDefaults } from "../../../servers/options.ts";
import { serve } from "../../load/rpc.ts";
import { type LabServer, labServers } from "./visitors.ts";

/** Starts them; gives where each is reached. */
async function start(heartbeatMs: number): Promise<Readonly<Record<LabServer, Endpoints>>> {
  const started = labServers.map(async (name) => {
    const server = await loadServer(name);
    const { endpoints } = await server.start(withDefaults({ heartbeatMs }));
    return [name, endpoints] as const;
  });
  return Object.fromEntries(await Promise.all(started)) as Record<LabServer, Endpoints>;
}

const methods = { start };
export type ServersMethods = typeof methods;
serve(methods);
