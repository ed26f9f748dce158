import browser from "./browser.ts";
import connections from "./connections.ts";
import delivery from "./delivery.ts";
import fanOut from "./fan-out.ts";
import ingest from "./ingest.ts";
import rates from "./rates.ts";
import type { Scenario } from "./scenario.ts";

/** The list of scenarios: one line each. Its order is that of every output. */
export const scenarios: readonly Scenario[] = [delivery, rates, browser, fanOut, connections, ingest];

export const scenarioNames: readonly string[] = scenarios.map(({ name }) => name);

/** Those of the list that are named, in its order. */
export function scenariosNamed(names: readonly string[]): readonly Scenario[] {
  return scenarios.filter(({ name }) => names.includes(name));
}
