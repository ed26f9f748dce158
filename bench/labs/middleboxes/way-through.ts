import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";
import { type Counts, count } from "../../load/counts.ts";
import { type Carrier, carryConnection } from "../../network/carried-connection.ts";
import { DelayedLink } from "../../network/delayed-link.ts";
import { type MiddleboxName, middleboxes } from "../../network/middleboxes/index.ts";
import type { Address, BoxSettings, Interfere } from "../../network/middleboxes/middlebox.ts";
import type { Link } from "../../network/networks.ts";

/** A way from subscribers to a server. */
export interface Way {
  readonly name: string;
  readonly upstream: Address;
  /** What of the box it leads through. */
  readonly through: "http port" | "other port" | "no box";
}

export interface BoxOrder extends BoxSettings {
  /** Absent: the upstreams are those of a reverse proxy, a box by itself, which has HTTP ports and no other. */
  readonly box?: MiddleboxName;
}

export interface NetworkOrder extends BoxOrder {
  readonly link: Link;
  readonly ways: readonly Way[];
}

/** More than any answer of this lab, so that nothing waits for room. */
const windowBytes = 1024 * 1024;

const host = "127.0.0.1";

/** What lies between the visitors and the servers: a link that takes its time, and behind it the box. */
export interface Network {
  /** Where each way begins, by its name. */
  readonly entrances: Readonly<Record<string, Address>>;
  /** What the box did so far beyond passing on. */
  readonly deeds: Counts;
}

/** Opens an entrance for each way. */
export async function openNetwork({ link, ways, ...order }: NetworkOrder): Promise<Network> {
  const deeds: Record<string, number> = {};
  const interfere = (deed: string) => count(deeds, deed);
  const carrier: Carrier = {
    link: new DelayedLink(link),
    windowBytes,
    // Whoever came this way is cut off, and says so.
    onFailure: () => {},
    onClose: () => {},
  };
  const entrances = ways.map(async (way) => {
    const box = boxOn(way, order, interfere);
    const behind = box === undefined ? way.upstream : await listen(box);
    const options = { pauseOnConnect: true, allowHalfOpen: true, noDelay: true };
    const entrance = createServer(options, (client) => carryConnection(client, behind, carrier));
    return [way.name, await listen(entrance)] as const;
  });
  return { entrances: Object.fromEntries(await Promise.all(entrances)), deeds };
}

/** What stands in front of the server on this way; undefined: it is reached as it is. */
function boxOn(
  { upstream, through }: Way,
  { box, idleMs }: BoxOrder,
  interfere: Interfere,
): Server | undefined {
  if (through === "no box" || (box === undefined && through === "http port")) return undefined;
  const { onHttpPort, onOtherPort } = middleboxes[box ?? "http-only"];
  return (through === "http port" ? onHttpPort : onOtherPort)(upstream, interfere, { idleMs });
}

async function listen(server: Server): Promise<Address> {
  server.listen({ host, port: 0 });
  await once(server, "listening");
  return { host, port: (server.address() as AddressInfo).port };
}
