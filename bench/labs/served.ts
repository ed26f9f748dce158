import type { Endpoints, Transport } from "../../servers/contract.ts";
import type { ServerName } from "../../servers/index.ts";
import type { LabBench } from "./bench.ts";

/** A server that holds a lab's connections, whatever it is written in. */
export interface Served {
  readonly pid: number;
  readonly endpoints: Endpoints;
  readonly transport: Transport;
  /** Has it let go of what it does not need. */
  tidy(): Promise<unknown>;
}

/** Connections besides those of the subscribers: of who sends webhooks. */
const otherConnections = 8;

/** Starts a server of the project with a place for each of its connections. */
export async function serveByNode(
  bench: LabBench,
  name: ServerName,
  transport: Transport,
  connections: number,
): Promise<Served> {
  const launched = await bench.launch(name, { server: { workers: connections + otherConnections } });
  const { pid, endpoints } = launched;
  return { pid, endpoints, transport, tidy: () => launched.usage({ collectGarbage: true }) };
}
