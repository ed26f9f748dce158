/** The servers of the lab, the ways that lead to them, and who takes which: pure. */
import type { Endpoints } from "../../../servers/contract.ts";
import type { Address } from "../../network/middleboxes/middlebox.ts";
import type { Way } from "./way-through.ts";

export const labServers = ["polling", "comet", "streaming", "ws", "socketio", "tcp"] as const;
export type LabServer = (typeof labServers)[number];

interface Visitor {
  /** As its figures are called: `wsMs`. */
  readonly name: string;
  /** As its column is. */
  readonly title: string;
  readonly server: LabServer;
  /**
   * `raw`: to the port of the server's own that speaks no HTTP; `raw on http`: the same put where HTTP is expected;
   * `open`: past the box.
   */
  readonly way: "http" | "raw" | "raw on http" | "open";
}

/** Everybody who tries a box, in the order of the columns. */
export const visitors = [
  { name: "polling", title: "polling", server: "polling", way: "http" },
  { name: "comet", title: "comet", server: "comet", way: "http" },
  { name: "streaming", title: "streaming", server: "streaming", way: "http" },
  { name: "ws", title: "ws", server: "ws", way: "http" },
  { name: "socketio", title: "socketio", server: "socketio", way: "http" },
  { name: "websocketFirst", title: "socketio ws-first", server: "socketio", way: "http" },
  { name: "socketioPolling", title: "socketio polling", server: "socketio", way: "http" },
  { name: "tcp", title: "tcp", server: "tcp", way: "raw" },
  { name: "tcpOnHttpPort", title: "tcp on the port of HTTP", server: "tcp", way: "raw on http" },
  { name: "unhinderedWs", title: "ws past the box", server: "ws", way: "open" },
] as const satisfies readonly Visitor[];

export type VisitorName = (typeof visitors)[number]["name"];

/** The ways that visitors take, each once. */
export function waysTo(servers: Readonly<Record<LabServer, Endpoints>>): Way[] {
  const ways = visitors.map((visitor): Way => {
    const { http, tcp = http } = servers[visitor.server];
    const upstream = addressOf(isRaw(visitor) ? tcp : http);
    return { name: wayOf(visitor), upstream, through: entranceOf[visitor.way] };
  });
  return [...new Map(ways.map((way) => [way.name, way])).values()];
}

const entranceOf = {
  http: "http port",
  raw: "other port",
  "raw on http": "http port",
  open: "no box",
} as const;

function isRaw({ way }: Pick<Visitor, "way">): boolean {
  return way === "raw" || way === "raw on http";
}

function wayOf({ server, way }: Pick<Visitor, "server" | "way">): string {
  return `${server} by ${way}`;
}

function addressOf(url: string): Address {
  const { hostname, port } = new URL(url);
  return { host: hostname, port: Number(port) };
}

/** What a visitor takes for the server, given where the ways begin. */
export function endpointsFor(visitor: Visitor, entrances: Readonly<Record<string, Address>>): Endpoints {
  const entrance = entrances[wayOf(visitor)];
  if (entrance === undefined) throw new Error(`expected an entrance to ${wayOf(visitor)}, got none`);
  const at = `${entrance.host}:${entrance.port}`;
  return isRaw(visitor) ? { http: `http://${at}`, tcp: `tcp://${at}` } : { http: `http://${at}` };
}
