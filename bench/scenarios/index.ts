import connections from "./connections.ts";
import delivery from "./delivery.ts";
import fanOut from "./fan-out.ts";
import ingest from "./ingest.ts";
import type { Scenario } from "./scenario.ts";

/** The list of scenarios: one line each. Its order is that of every output. */
export const scenarios: readonly Scenario[] = [delivery, fanOut, connections, ingest];
