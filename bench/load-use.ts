import type { TrafficResult } from "./load/load.ts";
import type { LoadProcessUse } from "./result.ts";

/** Above this the load may be what was measured. */
const busyLoad = 0.8;

/** How busy each load process was. */
export function loadUse(traffic: TrafficResult, subscribers: readonly number[]): LoadProcessUse[] {
  const use: LoadProcessUse[] = subscribers.map((utilisation) => ({ role: "subscribers", utilisation }));
  if (traffic.publisherUtilisation !== undefined) {
    use.push({ role: "publisher", utilisation: traffic.publisherUtilisation });
  }
  if (traffic.ingestUtilisation !== undefined)
    use.push({ role: "ingest", utilisation: traffic.ingestUtilisation });
  return use;
}

/** The load shares one core, so its processes together must leave some of it idle. */
export function isGeneratorBound(load: readonly LoadProcessUse[]): boolean {
  return load.reduce((sum, { utilisation }) => sum + utilisation, 0) > busyLoad;
}
