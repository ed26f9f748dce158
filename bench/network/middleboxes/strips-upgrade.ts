import { carryTcp } from "./carry-tcp.ts";
import { httpProxy } from "./http-proxy.ts";
import type { Middlebox } from "./middlebox.ts";

/**
 * What a proxy has to do that does not know `Upgrade`: the field is about one connection, so it goes no further, and the
 * server sees an ordinary request. Source: RFC 9110, sections 7.6.1 and 7.8.
 */
const box: Middlebox = {
  summary: "an HTTP proxy that does not know Upgrade, and takes it out of requests as it has to",
  onHttpPort: (upstream, interfere) => httpProxy(upstream, interfere),
  onOtherPort: (upstream) => carryTcp(upstream),
};

export default box;
