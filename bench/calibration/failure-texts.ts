import type { Calibration, Check } from "../result.ts";

/** What the instrument got wrong, one line a check; none when it is calibrated. */
export function failureTexts({ checks }: Calibration): string[] {
  return checks.filter(({ passed }) => !passed).map(failureText);
}

function failureText({ name, unit, expected, measured, allowed }: Check): string {
  const suffix = unit === "count" ? "" : ` ${unit}`;
  const text = (value: number) =>
    unit === "ms" ? `${value.toFixed(2)} ms` : `${Math.round(value)}${suffix}`;
  const off = Math.abs(measured - expected);
  return `not calibrated: ${name}: expected ${text(expected)}, measured ${text(measured)}: off by ${text(off)}, allowed are ${text(allowed)}`;
}
