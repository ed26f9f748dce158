/** A line of what a mark tells: what, and how much. */
export interface Told {
  readonly title: string;
  readonly text: string;
}

/** What the tooltip of a mark says, as Vega has it: one text, or texts by title. Undefined where it says nothing. */
export function toldBy(tooltip: unknown): readonly Told[] | undefined {
  if (tooltip === undefined || tooltip === null || tooltip === "") return undefined;
  if (typeof tooltip !== "object") return [{ title: "", text: String(tooltip) }];
  const lines = Object.entries(tooltip).map(([title, value]) => ({ title, text: String(value) }));
  return lines.length === 0 ? undefined : lines;
}

/** The same as a sentence, for those who hear it. */
export function spoken(told: readonly Told[]): string {
  return told.map(({ title, text }) => (title === "" ? text : `${title}: ${text}`)).join("; ");
}
