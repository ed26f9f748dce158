/** A placeholder of the deck, such as `{{ ratio ingest bare/ws perSecond }}`: what stands where a figure would be typed. */
import type { Cell } from "../../bench/report/cells.ts";
import type { Html } from "../../bench/report/html-template.ts";
import { CannotRun } from "../../cli/command.ts";

export interface Placeholder {
  readonly name: string;
  /** Quoted ones without their quotes. */
  readonly words: readonly string[];
  /** As it is written. */
  readonly source: string;
}

/** What it brings, and what has to stand beside it. */
export interface Filled {
  readonly html: Html;
  /** Where facts are from. */
  readonly sources?: readonly string[];
  /** Where figures are from: what their marks mean stands at the foot of the slide. */
  readonly cells?: readonly Cell[];
  /** For the speaker: on the slide it would take the room of what it is about. */
  readonly aside?: string;
}

/** One of them at the beginning of a text. */
export const placeholderPattern = /^\{\{\s*([^{}]*?)\s*\}\}/;

export function parsePlaceholder(source: string, inner: string): Placeholder {
  const [name = "", ...words] = [...inner.matchAll(/"([^"]*)"|(\S+)/g)].map(
    ([, quoted, bare]) => quoted ?? bare ?? "",
  );
  return { name, words, source };
}

/** What is wrong with a placeholder; whoever knows the slide says where. */
export class PlaceholderProblem extends Error {
  override name = "PlaceholderProblem";
  readonly expected: string;
  readonly got: string;

  constructor(expected: string, got: string) {
    super(`expected ${expected}, got ${got}`);
    this.expected = expected;
    this.got = got;
  }

  at(place: string, { source }: Placeholder): CannotRun {
    return new CannotRun(
      {
        expected: `${this.expected} in ${source}, ${place}`,
        got: this.got,
        next: "mend the placeholder; slides/README.md lists all of them",
      },
      { cause: this },
    );
  }
}

/** The one of a list that is named. Throws `PlaceholderProblem` with those that there are. */
export function named<Item extends { readonly name: string }>(
  what: string,
  items: readonly Item[],
  name: string | undefined,
): Item {
  const found = items.find((item) => item.name === name);
  if (found !== undefined) return found;
  throw new PlaceholderProblem(
    `${what}, one of ${items.map((item) => item.name).join(", ")}`,
    name ?? "nothing",
  );
}
