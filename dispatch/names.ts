import { Resolver } from "node:dns/promises";
import { readFile } from "node:fs/promises";
import { isIP } from "node:net";
import type { Resolve, ResolvedAddress } from "./guard.ts";

/**
 * Looks names up without `getaddrinfo`, which has four threads for the whole process and cannot be broken off: four
 * names whose servers are silent would hold up the deliveries to all others.
 */
const asking = { timeout: 2_000, tries: 2 } as const;

const hostsFile = "/etc/hosts";

/** All addresses of a name: those of this host's own file, or else those that the domain name system has. */
export const systemResolve: Resolve = resolveBy();

/** Asks these servers, `address:port`, in place of the system's. */
export function resolveBy(servers?: readonly string[]): Resolve {
  return async (hostname, signal) => {
    const name = hostname.replace(/\.$/, "").toLowerCase();
    // No name server is asked for these. Source: RFC 6761, section 6.3.
    if (name === "localhost" || name.endsWith(".localhost")) return withFamily(["127.0.0.1", "::1"]);
    const own = parseHosts(await readFile(hostsFile, "utf8").catch(unlessAbsent), name);
    if (own.length > 0) return withFamily(own);
    // One for each look-up, so that it can be broken off alone.
    const resolver = new Resolver(asking);
    if (servers) resolver.setServers(servers);
    signal.throwIfAborted();
    const cancel = () => resolver.cancel();
    signal.addEventListener("abort", cancel, { once: true });
    try {
      const answers = await Promise.allSettled([resolver.resolve4(name), resolver.resolve6(name)]);
      signal.throwIfAborted();
      const found = answers.flatMap((answer) => (answer.status === "fulfilled" ? answer.value : []));
      if (found.length > 0) return withFamily(found);
      // Most names have addresses of one kind; without any, the reason of the first is as good as the other's.
      for (const answer of answers) if (answer.status === "rejected") throw answer.reason;
      return [];
    } finally {
      signal.removeEventListener("abort", cancel);
    }
  };
}

/** The addresses that a hosts file has for a name. */
function parseHosts(text: string, name: string): string[] {
  return text
    .split("\n")
    .map((line) => line.replace(/#.*/, "").trim().toLowerCase().split(/\s+/))
    .filter(([address = "", ...names]) => isIP(address) !== 0 && names.includes(name))
    .map(([address = ""]) => address);
}

function unlessAbsent(error: NodeJS.ErrnoException): string {
  if (error.code === "ENOENT") return "";
  throw error;
}

function withFamily(addresses: readonly string[]): ResolvedAddress[] {
  return addresses.map((address) => ({ address, family: isIP(address) }));
}
