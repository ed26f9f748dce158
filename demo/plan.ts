import { join } from "node:path";
import type { ServerOptions } from "../servers/contract.ts";
import type { ServerName } from "../servers/index.ts";
import { freePorts, originsOf, shownAddress } from "./hosts.ts";

/** One server for each transport, all on an event loop: only the transport differs. */
const oneOfEachTransport: readonly ServerName[] = [
  "polling",
  "comet",
  "streaming",
  "ws",
  "socketio",
  "socketio-polling",
  "tcp",
];

export interface PlannedServer {
  readonly name: ServerName;
  readonly options: Partial<ServerOptions>;
}

export interface Wishes {
  readonly name: ServerName;
  readonly compare: boolean;
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  readonly dataFolder: string;
  /** What all of them get. */
  readonly options: Partial<ServerOptions>;
}

/** What is to be started: the server that was named, first; and to compare, one for each transport beside it. */
export async function planServers(wishes: Wishes): Promise<readonly [PlannedServer, ...PlannedServer[]]> {
  const { name, compare, host, port, dataFolder, options } = wishes;
  if (!compare) return [{ name, options: { ...options, host, port, dataFolder } }];
  const names = [name, ...oneOfEachTransport.filter((other) => other !== name)];
  // Each is told of the others before any of them listens.
  const [firstPort = 0, ...otherPorts] = await freePorts(host, names.length);
  const ports = [port || firstPort, ...otherPorts];
  const origins = ports.flatMap((each) => originsOf(host, each));
  const planned = names.map((each, index): PlannedServer => {
    const own = ports[index] ?? 0;
    const peers = ports.filter((other) => other !== own).map((other) => shownAddress(host, other));
    const ofItsOwn = { host, port: own, peers, allowedOrigins: origins, dataFolder: join(dataFolder, each) };
    return { name: each, options: { ...options, ...ofItsOwn } };
  });
  const [first, ...others] = planned;
  if (!first) throw new Error("expected at least the named server, got none");
  return [first, ...others];
}
