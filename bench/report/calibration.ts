import type { Check, Run } from "../result.ts";
import { formatExact } from "./format.ts";

/** Whether the instrument was found right, at every start of the run, wherever the answer was known. */
export function isCalibrated(run: Run): boolean {
  const checks = checksOf(run);
  return checks.length > 0 && checks.every(({ passed }) => passed);
}

/** Why a run is not calibrated, and what follows; undefined for one that is. */
export function uncalibratedText(run: Run): string | undefined {
  if (isCalibrated(run)) return undefined;
  return `This run is uncalibrated: ${reason(run)}. An uncalibrated run gives no verdicts.`;
}

/** What the calibration of a calibrated run came to, in one line; undefined for an uncalibrated one. */
export function calibratedText(run: Run): string | undefined {
  if (!isCalibrated(run)) return undefined;
  const checks = checksOf(run);
  const worst = Math.round(Math.max(...checks.map(usedOf)) * 100);
  const counted = checks.length === 1 ? "1 check" : `${checks.length} checks`;
  return `Calibrated: ${counted} passed, worst used ${worst} % of what is allowed.`;
}

function reason(run: Run): string {
  if (run.calibrations.length === 0) return "no calibration was made";
  const checks = checksOf(run);
  if (checks.length === 0) return "its calibration ended without a check";
  const off = checks.filter(({ passed }) => !passed);
  const counted = `${off.length} of ${checks.length} checks ${off.length === 1 ? "was" : "were"} off`;
  return `${counted} (${off.map(checkText).join("; ")})`;
}

/** A check as words: what was expected, what came, and what is allowed. */
export function checkText({ name, unit, expected, measured, allowed }: Check): string {
  return (
    `${name}: expected ${formatExact(expected, unit)}, measured ${formatExact(measured, unit)}, ` +
    `allowed ± ${formatExact(allowed, unit)}`
  );
}

/** The share of the allowed deviation that a passed check used. */
function usedOf({ expected, measured, allowed }: Check): number {
  const off = Math.abs(measured - expected);
  return off === 0 ? 0 : off / allowed;
}

function checksOf(run: Run): Check[] {
  return run.calibrations.flatMap(({ checks }) => checks);
}
