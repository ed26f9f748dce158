/**
 * What slide 27 counts from: Huang, Chen, Barth, Rescorla and Jackson, "Talking to Yourself for Fun and Profit", W2SP
 * 2011, Table I and section 3. An advertisement was shown 54,534 times in November 2010; wherever a browser showed it, a
 * program in it tried the attacks against servers of the authors.
 */
import { formatFigure } from "../report/format.ts";

/** By the way in which the program got its bytes on the wire. */
export const proxyStudy = {
  impressions: 54_534,
  /** The handshake that WebSockets had then. */
  upgrade: { succeeded: 47_338, answeredByAttacker: 174, hijacked: 1, poisoned: 8 },
  /** The authors' proposal. */
  connect: { succeeded: 47_206, answeredByAttacker: 2, hijacked: 0, poisoned: 0 },
  flash: { succeeded: 51_273, hijacked: 3_152, poisoned: 108 },
  java: { succeeded: 30_045, hijacked: 2_109, poisoned: 53 },
} as const;

/** `8 of 47,338 (0.017 %)`. */
export function partText(part: number, whole: number): string {
  const percent = formatFigure((100 * part) / whole, "percent");
  return `${part.toLocaleString("en")} of ${whole.toLocaleString("en")} (${percent})`;
}
