import type { MiddleboxName } from "../../network/middleboxes/index.ts";
import type { Link } from "../../network/networks.ts";
import type { LabBench } from "../bench.ts";
import type { LabReading } from "../lab.ts";
import { readingOf } from "./reading.ts";
import type { ServersMethods } from "./servers-process.ts";
import { type InstalledProxy, startProxy } from "./start-proxy.ts";
import { waysTo } from "./visitors.ts";
import type { VisitorsMethods } from "./visitors-process.ts";
import type { Waits } from "./waits.ts";
import type { Way } from "./way-through.ts";

export interface BoxTrial {
  /** One of ours, or a program. */
  readonly box: MiddleboxName | InstalledProxy;
  readonly link: Link;
  readonly waits: Waits;
}

/** Puts one box between the servers and everybody who visits it. */
export async function measureBox({ box, link, waits }: BoxTrial, bench: LabBench): Promise<LabReading> {
  const servers = bench.start<ServersMethods>("middleboxes/servers-process.ts", "server");
  const visitors = bench.start<VisitorsMethods>("middleboxes/visitors-process.ts", "load");
  const direct = await servers.call("start", waits.heartbeatMs);
  const ways = waysTo(direct);
  const through = typeof box === "string" ? { box, ways } : { ways: await behindProxy(box, ways, bench) };
  const report = await visitors.call("visit", { ...waits, ...through, link, servers: direct });
  return readingOf(report, { ...link, ...waits });
}

/** The ways with the proxy at the end of those that lead to a port of HTTP. */
async function behindProxy(box: InstalledProxy, ways: readonly Way[], bench: LabBench): Promise<Way[]> {
  const proxied = ways.filter(({ through }) => through === "http port");
  const servers = proxied.map(({ upstream }) => upstream);
  const addresses = await startProxy(box, servers, bench);
  return ways.map((way) => ({ ...way, upstream: addresses[proxied.indexOf(way)] ?? way.upstream }));
}
