import type { TrafficResult } from "../load/load.ts";
import type { RelayUse } from "../network/relay-process.ts";
import type { LoadProcessUse } from "../result.ts";

/** Above this the load may be what was measured. */
const busyLoad = 0.8;

/** How busy each load process was. */
export function loadUse(
  traffic: TrafficResult,
  subscribers: readonly number[],
  relays: readonly RelayUse[],
): LoadProcessUse[] {
  const use: LoadProcessUse[] = subscribers.map((utilisation) => ({ role: "subscribers", utilisation }));
  for (const { utilisation, waiting } of relays) {
    // While it waits for what is soon due, others may have its core.
    use.push({ role: "relay", utilisation: Math.max(0, utilisation - waiting) });
  }
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

export function isGeneratorBound(load: readonly LoadProcessUse[]): boolean {
  return utilisationOf(load) > busyLoad;
}
