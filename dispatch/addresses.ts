import { BlockList, isIP } from "node:net";

/**
 * Which addresses a delivery may go to. A sender of webhooks is a proxy into its own network for whoever may
 * name a target, so only what is globally reachable is public.
 * Sources: IANA's special-purpose address registries (RFC 6890 and after), for NAT64 RFC 6052, for 6to4 RFC 3056.
 */
const privateV4: readonly [network: string, prefix: number][] = [
  ["0.0.0.0", 8], // this host
  ["10.0.0.0", 8], // private
  ["100.64.0.0", 10], // carrier-grade NAT
  ["127.0.0.0", 8], // loopback
  ["169.254.0.0", 16], // link-local, and the metadata of most clouds
  ["172.16.0.0", 12], // private
  ["192.0.0.0", 24], // protocol assignments
  ["192.0.2.0", 24], // documentation
  ["192.88.99.0", 24], // 6to4 relays
  ["192.168.0.0", 16], // private
  ["198.18.0.0", 15], // benchmarks
  ["198.51.100.0", 24], // documentation
  ["203.0.113.0", 24], // documentation
  ["224.0.0.0", 4], // multicast
  ["240.0.0.0", 4], // reserved, and broadcast
];

/** All others are loopback, mapped, link-local, unique local, multicast or unassigned. */
const globalV6: readonly [network: string, prefix: number][] = [
  ["2000::", 3], // global unicast
  ["64:ff9b::", 96], // NAT64
];

const privateV6: readonly [network: string, prefix: number][] = [
  ["2001::", 23], // protocol assignments, Teredo among them
  ["2001:db8::", 32], // documentation
  ["3fff::", 20], // documentation
  // Those that stand for a private IPv4 address.
  ...privateV4.map(([network, prefix]): [string, number] => [`64:ff9b::${network}`, 96 + prefix]),
  ...privateV4.map(([network, prefix]): [string, number] => [`2002:${hexOf(network)}::`, 16 + prefix]),
];

const forbiddenV4 = blockList("ipv4", privateV4);
const forbiddenV6 = blockList("ipv6", privateV6);
const possibleV6 = blockList("ipv6", globalV6);

/** Whether a text is the address of a host that anyone can reach. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !forbiddenV4.check(address, "ipv4");
    case 6:
      // One with a zone, `fe80::1%eth0`, is of a link.
      return (
        !address.includes("%") && possibleV6.check(address, "ipv6") && !forbiddenV6.check(address, "ipv6")
      );
    default:
      return false;
  }
}

const loopback = blockList("ipv4", [["127.0.0.0", 8]]);

/** Whether a text is an address of this host's loopback, `::ffff:127.0.0.1` not counted. */
export function isLoopbackAddress(address: string): boolean {
  return isIP(address) === 4 ? loopback.check(address, "ipv4") : address === "::1";
}

function blockList(family: "ipv4" | "ipv6", networks: readonly [string, number][]): BlockList {
  const list = new BlockList();
  for (const [network, prefix] of networks) list.addSubnet(network, prefix, family);
  return list;
}

/** `10.0.0.0` as `0a00:0000`. */
function hexOf(address: string): string {
  const [a = "", b = "", c = "", d = ""] = address
    .split(".")
    .map((byte) => Number(byte).toString(16).padStart(2, "0"));
  return `${a}${b}:${c}${d}`;
}
