import type { Client, Server, Transport } from "./contract.ts";

/** The list of servers: one line each, loaded when asked for. Its order is that of every table. */
export const servers = {
  polling: () => import("./polling/server.ts"),
  comet: () => import("./comet/server.ts"),
  streaming: () => import("./streaming/server.ts"),
  ws: () => import("./ws/server.ts"),
  socketio: () => import("./socketio/server.ts"),
  "socketio-polling": () => import("./socketio/polling-server.ts"),
  tcp: () => import("./tcp/server.ts"),
  bare: () => import("./bare/server.ts"),
  "threads-polling": () => import("./threads/polling.ts"),
  "threads-comet": () => import("./threads/comet.ts"),
  "threads-streaming": () => import("./threads/streaming.ts"),
  cgi: () => import("./cgi/server.ts"),
} as const satisfies Record<string, () => Promise<{ readonly default: Server }>>;

/** The client of each transport, which all servers of that transport share. */
export const clients: Record<Transport, () => Promise<{ readonly default: Client }>> = {
  polling: () => import("./polling/client.ts"),
  comet: () => import("./comet/client.ts"),
  streaming: () => import("./streaming/client.ts"),
  ws: () => import("./ws/client.ts"),
  socketio: () => import("./socketio/client.ts"),
  "socketio-polling": () => import("./socketio/polling-client.ts"),
  tcp: () => import("./tcp/client.ts"),
};

export type ServerName = keyof typeof servers;

export const serverNames = Object.keys(servers) as ServerName[];

export function isServerName(name: string): name is ServerName {
  return Object.hasOwn(servers, name);
}

export async function loadServer(name: ServerName): Promise<Server> {
  return (await servers[name]()).default;
}

export async function loadClient(transport: Transport): Promise<Client> {
  return (await clients[transport]()).default;
}
