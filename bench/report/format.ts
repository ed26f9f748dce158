import type { ErrorCounts, Point, Unit } from "../result.ts";
import type { Interval } from "../stats/bootstrap.ts";

const byteUnits = ["B", "KiB", "MiB", "GiB", "TiB"] as const;

/** Two significant digits below 100, whole numbers with thousands separators from there. */
export function formatNumber(value: number): string {
  if (value === 0) return "0";
  return Math.abs(value) < 99.5 ? plainDigits(value) : Math.round(value).toLocaleString("en");
}

/** So many significant digits, never in powers of ten; two of them: `0.30`, `7.0`, `42`. */
function plainDigits(value: number, digits = 2): string {
  const rounded = Number(value.toPrecision(digits));
  const integerDigits = Math.floor(Math.log10(Math.abs(rounded))) + 1;
  return rounded.toFixed(Math.min(100, Math.max(0, digits - integerDigits)));
}

/** A figure with its unit: `0.31 ms`, `6.1 KiB`, `18,204 /s`. */
export function formatFigure(value: number, unit: Unit): string {
  const scale = scaleOf(value, unit);
  return `${scaled(value, scale)}${scale.suffix}`;
}

/** From one to the other, both ends in the same unit: `0.29–0.35 ms`; one figure when they read alike. */
export function formatRange(min: number, max: number, unit: Unit): string {
  const scale = scaleOf(max, unit);
  const [from, to] = [scaled(min, scale), scaled(max, scale)];
  return from === to ? `${to}${scale.suffix}` : `${from}–${to}${scale.suffix}`;
}

/**
 * An estimate with its interval, the unit said once: `195× (188–203)`, `6.13 KiB (5.98–6.41)`; the figure alone where all
 * read alike. A digit more than elsewhere, since it is held against a threshold. `besides` stands with the interval.
 */
export function formatEstimate(
  { value, low, high }: Interval & { readonly value: number },
  unit: Unit,
  besides?: string,
): string {
  const scale = scaleOf(value, unit);
  const [text, from, to] = [value, low, high].map((each) => closely(each, scale));
  const beside = [...(from === to && from === text ? [] : [`${from}–${to}`]), ...(besides ? [besides] : [])];
  return `${text}${scale.suffix}${beside.length === 0 ? "" : ` (${beside.join(", ")})`}`;
}

/** A threshold with its unit, as it was written. */
export function formatThreshold(value: number, unit: Unit): string {
  const { factor, suffix } = scaleOf(value, unit);
  return `${(value / factor).toLocaleString("en", { maximumSignificantDigits: 6 })}${suffix}`;
}

/** Three significant digits, and of a percentage just below 100 as many as tell it from 100. */
function closely(value: number, { factor, suffix, whole = false }: Scale): string {
  const inUnit = value / factor;
  if (inUnit === 0 || Math.abs(inUnit) >= 999.5 || (whole && Number.isInteger(inUnit)))
    return Math.round(inUnit).toLocaleString("en");
  const toHundred = 100 - inUnit;
  if (suffix === percentSuffix && toHundred > 0 && toHundred < 1)
    return inUnit.toFixed(Math.min(100, Math.ceil(-Math.log10(toHundred))));
  return plainDigits(inUnit, 3);
}

/** With all its digits to the thousandth, in the unit itself: where the difference of near values counts. */
export function formatExact(value: number, unit: Unit): string {
  return `${value.toLocaleString("en", { maximumFractionDigits: 3 })}${scaleOf(0, unit).suffix}`;
}

const percentSuffix = " %";

interface Scale {
  readonly factor: number;
  readonly suffix: string;
  /** A number of whole things has no digits after the point; only a mean of such numbers has. */
  readonly whole?: boolean;
}

function scaled(value: number, { factor, whole = false }: Scale): string {
  const asWhole = whole && (Number.isInteger(value) || Math.abs(value) >= 99.5);
  return asWhole ? Math.round(value).toLocaleString("en") : formatNumber(value / factor);
}

function scaleOf(value: number, unit: Unit): Scale {
  switch (unit) {
    case "bytes": {
      const size = Math.max(Math.abs(value), 1);
      const step = Math.min(Math.floor(Math.log2(size) / 10), byteUnits.length - 1);
      return { factor: 1024 ** step, suffix: ` ${byteUnits[step]}`, whole: step === 0 };
    }
    case "ns": {
      // From a cache to a network it is eight orders of magnitude.
      const step = Math.max(0, Math.min(Math.floor(Math.log10(Math.max(Math.abs(value), 1)) / 3), 2));
      return { factor: 1_000 ** step, suffix: ` ${["ns", "µs", "ms"][step]}` };
    }
    case "s":
    case "ms":
    case "µs":
      return { factor: 1, suffix: ` ${unit}` };
    case "per second":
      return { factor: 1, suffix: " /s" };
    case "percent":
      return { factor: 1, suffix: percentSuffix };
    case "times":
      return { factor: 1, suffix: "×" };
    case "count":
      return { factor: 1, suffix: "", whole: true };
  }
}

/** The coordinates as words. A name that is not here stands as it is. */
const coordinates: Readonly<Record<string, (value: number) => string>> = {
  subscribers: (value) => counted(value, "subscriber"),
  eventsPerSecond: (value) => `${counted(value, "event")} per second`,
  connections: (value) => counted(value, "connection"),
  payloadBytes: (value) => `payload of ${formatFigure(value, "bytes")}`,
  clients: (value) => counted(value, "client"),
  queryMs: (value) => `queries of ${value} ms`,
  lightPerSecond: (value) => `${counted(value, "light request")} per second`,
  pollMs: (value) => `polls every ${value.toLocaleString("en")} ms`,
  rounds: (value) => counted(value, "round"),
  threads: (value) => `${counted(value, "thread")} alone`,
  roundTripMs: (value) => `a round trip of ${value.toLocaleString("en")} ms`,
  target: (value) => `a target of ${counted(value, "connection")}`,
};

/** The coordinates of a cell as words: `100 subscribers, 20 events per second`. */
export function formatPoint(point: Point): string {
  return Object.entries(point)
    .map(([name, value]) => coordinates[name]?.(value) ?? `${name} ${value.toLocaleString("en")}`)
    .join(", ");
}

/** `1 core`, `2,000 cores`. */
export function counted(value: number, noun: string): string {
  return `${value.toLocaleString("en")} ${noun}${value === 1 ? "" : "s"}`;
}

const faults: Readonly<Record<keyof ErrorCounts, readonly [string, string]>> = {
  connect: ["connection that could not be made", "connections that could not be made"],
  ended: ["subscription that ended early", "subscriptions that ended early"],
  publish: ["webhook not accepted", "webhooks not accepted"],
  missing: ["event missing at its subscriber", "events missing at their subscribers"],
  repeated: ["event delivered again or out of order", "events delivered again or out of order"],
  dropped: ["webhook not sent, too many being under way", "webhooks not sent, too many being under way"],
};

const faultKinds = ["connect", "ended", "publish", "missing", "repeated", "dropped"] as const;

/** The faults that are not 0, as words; empty when there are none. */
export function formatErrors(errors: ErrorCounts): string {
  return faultKinds
    .filter((kind) => errors[kind] > 0)
    .map((kind) => `${errors[kind].toLocaleString("en")} ${faults[kind][errors[kind] === 1 ? 0 : 1]}`)
    .join("; ");
}

/** Bandwidth as a network has it, in powers of ten: `1 Gbit/s`, `100 Mbit/s`. */
export function formatBandwidth(bitsPerSecond: number): string {
  const [factor, unit] = bitsPerSecond < 1e9 ? [1e6, "Mbit/s"] : [1e9, "Gbit/s"];
  return `${(bitsPerSecond / factor).toLocaleString("en", { maximumSignificantDigits: 3 })} ${unit}`;
}

/** `48 s`, `3 min 5 s`. */
export function formatDuration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 60) return `${seconds} s`;
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

/** A moment as `2026-03-01 12:00 UTC`. */
export function formatMoment(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`;
}

/** The label of an axis: a round value, without the zeros that a figure carries. */
export function formatTick(value: number, unit: Unit): string {
  const { factor, suffix } = scaleOf(value, unit);
  return `${(value / factor).toLocaleString("en", { maximumSignificantDigits: 3 })}${suffix}`;
}
