import type { Published, Stretch } from "./years.ts";

/** What is known of a place in a year. */
export type Known =
  | { readonly kind: "published"; readonly of: string; readonly point: Published }
  | {
      readonly kind: "between";
      readonly of: string;
      readonly ns: number;
      readonly before: Published;
      readonly after: Published;
    }
  /** `last`: the newest that had been published by then. */
  | { readonly kind: "nothing"; readonly last?: Published };

/**
 * What was published of that year; else a straight line on a log scale between the points before and after it, which
 * are of one thing. Beyond these nothing: nobody's figure goes on by itself.
 */
export function knownIn(year: number, stretches: readonly Stretch[]): Known {
  let last: Published | undefined;
  for (const { of, points } of stretches) {
    for (const [index, point] of points.entries()) {
      if (point.year === year) return { kind: "published", of, point };
      const after = points[index + 1];
      if (point.year < year && after !== undefined && year < after.year)
        return { kind: "between", of, ns: interpolated(year, point, after), before: point, after };
      if (point.year < year && (last === undefined || point.year > last.year)) last = point;
    }
  }
  return { kind: "nothing", ...(last === undefined ? {} : { last }) };
}

function interpolated(year: number, before: Published, after: Published): number {
  const share = (year - before.year) / (after.year - before.year);
  return before.ns * (after.ns / before.ns) ** share;
}
