/** The process of the naive receiver. */
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { serve } from "../../load/rpc.ts";
import { naiveReceiver } from "./naive-receiver.ts";

const shipped: unknown[] = [];
const app = naiveReceiver((order) => shipped.push(order));
// Express prints what goes wrong in requests, save in tests: here, much is meant to go wrong.
app.set("env", "test");

async function listen(): Promise<string> {
  const server = app.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Orders shipped since this was asked for last. */
function takeShipped(): number {
  return shipped.splice(0).length;
}

const methods = { listen, takeShipped };
export type NaiveMethods = typeof methods;
serve(methods);
