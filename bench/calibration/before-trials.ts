import { CannotRun } from "../../cli/command.ts";
import type { CoreSpeedMeter } from "../probes/core-speed.ts";
import type { Calibration } from "../result.ts";
import { type CalibrationOrder, calibrate } from "./calibrate.ts";

/** The calibration; undefined when it was interrupted, which is for the caller to tell. */
export async function calibrateBeforeTrials(
  coreSpeedMeter: CoreSpeedMeter,
  order: Omit<CalibrationOrder, "coreSpeed">,
): Promise<Calibration | undefined> {
  try {
    return await calibrate({ ...order, coreSpeed: await coreSpeedMeter.read() });
  } catch (error) {
    if (order.signal.aborted) return undefined;
    throw new CannotRun(
      {
        expected: "the load to measure a server with known answers before the first trial",
        got: error instanceof Error ? error.message : String(error),
        next: "see whether processes can be started here and reach each other on 127.0.0.1",
      },
      { cause: error },
    );
  }
}
