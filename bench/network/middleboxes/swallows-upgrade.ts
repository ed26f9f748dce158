import { carryTcp } from "./carry-tcp.ts";
import { askOnward, httpProxy } from "./http-proxy.ts";
import type { Middlebox } from "./middlebox.ts";
import { refuseAs } from "./tunnel-upgrades.ts";

/**
 * Passes the request on with its `Upgrade`, takes the server's 101 for one of the answers of the 1xx kind that another one
 * follows, and waits for that for ever. Its client hears nothing, and the server believes that it has one.
 */
const box: Middlebox = {
  summary: "an HTTP proxy that passes Upgrade on and never brings the answer back",
  onHttpPort: (upstream, interfere) => {
    const proxy = httpProxy(upstream, interfere);
    proxy.on("upgrade", (incoming, client) => {
      const onward = askOnward(upstream, incoming, incoming.rawHeaders);
      onward.on("upgrade", (_answer, server) => {
        interfere("swallowed the answer to an Upgrade");
        server.resume().on("error", () => server.destroy());
        client.on("close", () => server.destroy());
      });
      onward.on("response", (answer) => refuseAs(answer, client));
      onward.on("error", () => client.destroy());
      client.resume().on("error", () => client.destroy());
      // HTTP leaves a connection half open, and this one has nothing more to say.
      client.on("end", () => client.destroy());
      client.on("close", () => onward.destroy());
      onward.end();
    });
    return proxy;
  },
  onOtherPort: (upstream) => carryTcp(upstream),
};

export default box;
