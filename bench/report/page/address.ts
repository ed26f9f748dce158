const key = "servers";

/** The servers that an address asks to look at, of those there are and in their order; none: all of them. */
export function serversIn(search: string, known: readonly string[]): string[] {
  const asked = (new URLSearchParams(search).get(key) ?? "").split(",");
  return known.filter((name) => asked.includes(name));
}

/** The same address asking for these; what else it says stays. `?servers=ws,cgi` can be read by people too. */
export function searchWith(search: string, servers: readonly string[]): string {
  const others = new URLSearchParams(search);
  others.delete(key);
  const asked = servers.length === 0 ? "" : `${key}=${servers.map(encodeURIComponent).join(",")}`;
  const parts = [others.toString(), asked].filter((part) => part !== "");
  return parts.length === 0 ? "" : `?${parts.join("&")}`;
}

/** What stands behind `Servers shown`: `all 12`, `ws, cgi`. */
export function chosenText(servers: readonly string[], known: readonly string[]): string {
  return servers.length === 0 ? `all ${known.length}` : servers.join(", ");
}

/** What a reader is told who does not see the tables change. */
export function statusText(servers: readonly string[], known: readonly string[]): string {
  if (servers.length === 0) return `All ${known.length} servers are shown.`;
  const others = known.length - servers.length;
  return `Only ${servers.join(", ")}: tables hide the other ${others}, charts fade them.`;
}
