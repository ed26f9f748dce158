/** The process of the toy proxy. */
import { type AddressInfo, connect, createServer } from "node:net";
import { serve } from "../../load/rpc.ts";
import { type Cache, intercept } from "./proxy.ts";

const host = "127.0.0.1";

const cache: Cache = new Map();

/**
 * Stands in the way to each of these ports; gives the port that stands for it. In the field, the kernel tells such a
 * proxy where a connection was to go; here, the port it comes in on does.
 */
function standBefore(ports: readonly number[]): Promise<number[]> {
  return Promise.all(ports.map(listenBefore));
}

function listenBefore(port: number): Promise<number> {
  const server = createServer({ noDelay: true }, (client) => {
    intercept(client, connect({ host, port, noDelay: true }), cache);
  });
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen({ host, port: 0, backlog: 512 }, () => resolve((server.address() as AddressInfo).port));
  });
}

const methods = { standBefore };
export type ProxyMethods = typeof methods;
serve(methods);
