import type { ScenarioInfo } from "../result.ts";

/** The cost that tells whether the server was the bottleneck. */
export const serverBusyFigure = "serverBusyPercent";

/** A server that is less busy waits for something else than its CPU. */
const busyFromPercent = 90;

/**
 * How busy the server was, where the scenario's figures are its ceiling only if it was busy, and it was not. A cell that
 * is generator-bound has been told apart already.
 */
export function onlyBusyPercent(
  scenario: ScenarioInfo | undefined,
  {
    busyPercent,
    generatorBound,
  }: { readonly busyPercent: number | undefined; readonly generatorBound: boolean },
): number | undefined {
  if (scenario?.saturates !== true || generatorBound) return undefined;
  return busyPercent !== undefined && Math.round(busyPercent) < busyFromPercent ? busyPercent : undefined;
}
