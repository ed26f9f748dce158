/** By what address a server is reached that listens on `host`. */
import { once } from "node:events";
import { createServer } from "node:net";
import { networkInterfaces } from "node:os";
import { addressOf } from "../servers/http/address.ts";
import { portOf } from "../servers/http/http-server.ts";

/** All addresses of this machine. */
const everywhere: readonly string[] = ["0.0.0.0", "::"];
const loopback = "127.0.0.1";
const loopbacks: readonly string[] = [loopback, "::1", "localhost"];

/** `http://host:port` as people are to open it: where it listens everywhere, as the audience's phones reach it. */
export function shownAddress(host: string, port: number): string {
  if (!everywhere.includes(host)) return addressOf("http", host, port);
  const addresses = Object.values(networkInterfaces()).flatMap((network) => network ?? []);
  const outward = addresses.find(({ family, internal }) => family === "IPv4" && !internal);
  return addressOf("http", outward?.address ?? loopback, port);
}

/** Every origin that a page of this server may have. */
export function originsOf(host: string, port: number): string[] {
  const isHere = everywhere.includes(host) || loopbacks.includes(host);
  const here = isHere ? loopbacks.map((name) => addressOf("http", name, port)) : [];
  return [...new Set([shownAddress(host, port), ...here])];
}

/** The port in `http://host:port`. */
export function portIn(address: string): number {
  return Number(address.slice(address.lastIndexOf(":") + 1));
}

/** So many different ports that are free now. */
export async function freePorts(host: string, count: number): Promise<number[]> {
  const holders = Array.from({ length: count }, () => createServer());
  try {
    for (const holder of holders) {
      holder.listen(0, host);
      await once(holder, "listening");
    }
    return holders.map(portOf);
  } finally {
    await Promise.all(holders.map((holder) => new Promise((resolve) => holder.close(resolve))));
  }
}
