import { isIPv6 } from "node:net";

/** `scheme://host:port`. A number of IPv6 stands in brackets. Source: RFC 3986, section 3.2.2. */
export function addressOf(scheme: "http" | "tcp", host: string, port: number): string {
  return `${scheme}://${isIPv6(host) ? `[${host}]` : host}:${port}`;
}
