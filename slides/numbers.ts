/**
 * Which numbers may be typed into the deck. Every other comes by a placeholder: from the run, or from `facts.ts` with its
 * source.
 */
export interface NumberKind {
  readonly kind: string;
  readonly pattern: RegExp;
  readonly because: string;
}

/** The one list. */
export const allowedNumbers: readonly NumberKind[] = [
  {
    kind: "placeholder",
    pattern: /\{\{.*?\}\}/g,
    because: "names what is shown; the number itself comes from there",
  },
  {
    kind: "code",
    pattern: /^```[\s\S]*?^```|`[^`\n]*`/gm,
    because: "commands, ports, versions and programs, to be typed as they are",
  },
  {
    kind: "minutes of a slide",
    pattern: /^Note: \(\d+(?:\.\d+)? min\)/gm,
    because: "the speaker's plan, which a test adds up",
  },
  { kind: "list", pattern: /^ *\d+\. /gm, because: "the number of an item in Markdown" },
  {
    kind: "slide of the talk",
    pattern: /\bslides? \d+(?:(?:–| to |, | and )\d+)*/gi,
    because: "where the talk says it",
  },
  {
    kind: "year",
    pattern: /\b(?:19[6-9]\d|20[0-3]\d)\b/g,
    because: "when something came; a date is no measurement",
  },
  {
    kind: "standard",
    pattern: /\b(?:RFC|JEP) \d+\b|\bHTTP\/[123](?:\.1)?(?!\d)|\bTLS 1\.3\b/g,
    because: "the name of a document or a protocol",
  },
  {
    kind: "version",
    pattern: /\b(?:JDK|Node\.js|Apache|Socket\.IO|Standard Webhooks|CloudEvents) \d+(?:\.\d+)*\b/g,
    because: "the name of a release",
  },
  { kind: "name", pattern: /\b(?:W3C|V8)\b/g, because: "names that have a digit in them" },
  { kind: "percentile", pattern: /\bp(?:50|90|99)\b/g, because: "which figure is meant, not what it is" },
  { kind: "half duplex", pattern: /\bhalf[- ]duplex\b/gi, because: "the field's term, not a share" },
];

/** Digits, and words that say how much: what is measured is not to be told by either. */
const numbers =
  /\d+(?:[.,]\d+)*|[½¼¾⅓]|\b(?:twice|thrice|half|halves|doubl(?:e[sd]?|ing)|triple[sd]?|quarters?|thirds|dozens?|hundred(?:s|fold)?|thousands?|millions?|billions?|tenfold|per ?cent|(?:two|three|four|five|six|seven|eight|nine|ten|twelve|twenty|fifty) times)\b/gi;

/** A number that was typed, and where. */
export interface StrayNumber {
  readonly text: string;
  /** From 1. */
  readonly line: number;
}

export function strayNumbers(text: string): StrayNumber[] {
  // What may stand is blanked, so that what is left keeps its place.
  const rest = allowedNumbers.reduce(
    (left, { pattern }) => left.replace(pattern, (allowed) => allowed.replace(/[^\n]/g, " ")),
    text,
  );
  return [...rest.matchAll(numbers)].map((found) => ({
    text: found[0],
    line: rest.slice(0, found.index).split("\n").length,
  }));
}
