import { decodeFromCompressedBase64, type Histogram } from "hdr-histogram-js";

/** One histogram of all the recorded latencies; undefined when there are none. */
export function mergedHistogram(encoded: readonly string[]): Histogram | undefined {
  const [first, ...rest] = encoded.map((text) => decodeFromCompressedBase64(text));
  if (first === undefined) return undefined;
  first.autoResize = true;
  for (const other of rest) first.add(other);
  return first.totalCount === 0 ? undefined : first;
}
