import type { TrafficResult } from "../load/senders.ts";
import { relayBusy } from "../network/relay.ts";
import type { RelayUse } from "../network/relay-process.ts";
import type { LoadProcessUse } from "../result.ts";
import { busyLoad } from "../scenarios/load-costs.ts";

/** How busy each load process was. */
export function loadUse(
  traffic: TrafficResult,
  subscribers: readonly number[],
  relays: readonly RelayUse[],
): LoadProcessUse[] {
  const use: LoadProcessUse[] = subscribers.map((utilisation) => ({ role: "subscribers", utilisation }));
  for (const relay of relays) use.push({ role: "relay", utilisation: relayBusy(relay) });
  if (traffic.publisherUtilisation !== undefined) {
    use.push({ role: "publisher", utilisation: traffic.publisherUtilisation });
  }
  if (traffic.ingestUtilisation !== undefined)
    use.push({ role: "ingest", utilisation: traffic.ingestUtilisation });
  if (traffic.conductorUtilisation !== undefined)
    use.push({ role: "conductor", utilisation: traffic.conductorUtilisation });
  return use;
}

/** Of all load processes together: they share one core, and must leave some of it idle. */
export function utilisationOf(load: readonly LoadProcessUse[]): number {
  return load.reduce((sum, { utilisation }) => sum + utilisation, 0);
}

/**
 * Whether the load may be what was measured. The run's own process is not in it: it works between the rounds of a
 * fan-out, when nothing is timed.
 */
export function isGeneratorBound(load: readonly LoadProcessUse[]): boolean {
  return utilisationOf(load.filter(({ role }) => role !== "conductor")) > busyLoad;
}
