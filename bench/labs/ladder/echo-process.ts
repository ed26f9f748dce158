/** A process that gives back what it is sent. */
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { serve } from "../../load/rpc.ts";

/** Gives the address, as a URL. */
async function listen(): Promise<string> {
  const server = createServer({ noDelay: true }, (socket) => socket.pipe(socket));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

const methods = { listen };
export type EchoMethods = typeof methods;
serve(methods);
