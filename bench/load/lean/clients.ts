import type { Client, Transport } from "../../../servers/contract.ts";
import { loadClient } from "../../../servers/index.ts";
import { leanTcp } from "./tcp.ts";
import { leanWs } from "./ws.ts";

const leanClients: Partial<Record<Transport, Client>> = { ws: leanWs, tcp: leanTcp };

/** Whether subscribers of `transport` are lean, and thus many in one process. */
export function isLean(transport: Transport): boolean {
  return leanClients[transport] !== undefined;
}

/** The client that the load uses: the lean one, where there is one, and else the one that users have. */
export async function loadLeanestClient(transport: Transport): Promise<Client> {
  return leanClients[transport] ?? loadClient(transport);
}
