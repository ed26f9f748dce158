import type { Beside } from "./claim.ts";
import type { Cell, Evidence } from "./evidence.ts";

/** The lab in which the bytes of a message are counted. */
export const bytes = "bytes";

/** Where all arms were measured: with the fewest clients. */
export function alike(evidence: Evidence, arm: string): Cell {
  const [point] = evidence.points(bytes, arm);
  return point === undefined ? { scenario: bytes, arm } : { scenario: bytes, arm, point };
}

/** How many times what one arm takes of a message the other takes. */
export function messageRatio(evidence: Evidence, one: string, other: string, figure: string) {
  return evidence.ratio(
    { ...alike(evidence, one), figure },
    { ...alike(evidence, other), figure },
    "counted",
  );
}

/** Ratios to ws, by what they are called. */
export function besideWs(
  evidence: Evidence,
  figure: string,
  arms: Readonly<Record<string, string>>,
): Beside[] {
  return Object.entries(arms).map(([arm, what]) => ({
    what,
    unit: "times" as const,
    estimate: messageRatio(evidence, arm, "ws", figure),
  }));
}
