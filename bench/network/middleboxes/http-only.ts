import { createServer } from "node:net";
import { httpProxy } from "./http-proxy.ts";
import type { Middlebox } from "./middlebox.ts";
import { tunnelUpgrades } from "./tunnel-upgrades.ts";

/** A firewall that lets people browse. */
const box: Middlebox = {
  summary: "lets nothing through but HTTP on its own port; knows Upgrade",
  onHttpPort: (upstream, interfere) => {
    const proxy = httpProxy(upstream, interfere);
    tunnelUpgrades(proxy, upstream);
    return proxy;
  },
  onOtherPort: (_upstream, interfere) =>
    createServer((client) => {
      interfere("refused a connection to another port than HTTP's");
      client.resetAndDestroy();
    }),
};

export default box;
