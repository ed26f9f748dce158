import type { Endpoints, Transport } from "../servers/contract.ts";
import { loadClient } from "../servers/index.ts";
import type { Host } from "./check.ts";

/** A server that runs elsewhere and is known by its address alone. */
export async function foreignHost(endpoints: Endpoints, transport: Transport): Promise<Host> {
  return {
    serverName: undefined,
    transport,
    client: await loadClient(transport),
    exempt: [],
    pace: { pollMs: 50, publishers: 8, deadlineMs: 20_000 },
    shared: async () => endpoints,
    sharedEnd: () => undefined,
    close: async () => {},
  };
}
