/** The server of the quote, in a process of its own. */
import { serve } from "../../load/rpc.ts";
import type { ArmName } from "./arms.ts";
import { QuoteServer } from "./quote-server.ts";
import { type SpreadOrder, spread } from "./spread.ts";

const server = new QuoteServer();

const methods = {
  listen: (arm: ArmName) => server.listen(arm),
  awaitClients: (count: number) => server.awaitClients(count),
  push: (order: SpreadOrder) => spread(order, (client) => server.push(client)),
};
export type QuoteServerMethods = typeof methods;
serve(methods);
