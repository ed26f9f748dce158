/** Markdown with placeholders, as HTML. */
import { Marked } from "marked";
import type { Cell } from "../../bench/report/cells.ts";
import { blocks } from "./blocks.ts";
import type { DeckRun } from "./deck-run.ts";
import { inlines } from "./inline.ts";
import {
  type Filled,
  type Placeholder,
  PlaceholderProblem,
  parsePlaceholder,
  placeholderPattern,
} from "./placeholder.ts";

/** A text, and what its placeholders ask to have stand below it. */
export interface Rendered {
  readonly html: string;
  readonly sources: readonly string[];
  readonly cells: readonly Cell[];
  readonly asides: readonly string[];
}

/**
 * Renders Markdown, every placeholder filled from the run. Throws `CannotRun` that names the place where one cannot be.
 * Placeholders in code stand as they are.
 */
export async function renderMarkdown(deck: DeckRun, place: string, text: string): Promise<Rendered> {
  const filled = new Map<string, string>();
  const sources = new Set<string>();
  const cells = new Set<Cell>();
  const asides: string[] = [];
  // Marked would ask to have it reported as its own.
  let problem: unknown;

  const fill = async (raw: string) => {
    const source = raw.trim();
    if (filled.has(source)) return;
    const placeholder = parsed(source);
    if (placeholder === undefined) return;
    try {
      const { html, sources: cited = [], cells: shown = [], aside } = await resolve(deck, placeholder);
      filled.set(source, html.text);
      for (const each of cited) sources.add(each);
      for (const each of shown) cells.add(each);
      if (aside !== undefined) asides.push(aside);
    } catch (error) {
      problem ??= error instanceof PlaceholderProblem ? error.at(place, placeholder) : error;
    }
  };

  const extension = (name: string, level: "block" | "inline") => ({
    ...{ name, level },
    // Marked asks from the second character on: what stands first there is not what begins a line.
    start: (source: string) => {
      const index = source.indexOf(level === "block" ? "\n{{" : "{{");
      return index === -1 ? undefined : index + (level === "block" ? 1 : 0);
    },
    tokenizer: (source: string) => {
      const raw = placeholderPattern.exec(source)?.[0];
      if (raw === undefined) return undefined;
      if (level === "inline") return { type: name, raw };
      const line = /^[^\n]*\n*/.exec(source)?.[0] ?? raw;
      const isBlock = line.trim() === raw && (parsed(raw)?.name ?? "") in blocks;
      return isBlock ? { type: name, raw: line } : undefined;
    },
    renderer: ({ raw }: { readonly raw: string }) => filled.get(raw.trim()) ?? raw,
  });
  const types = ["placeholder-line", "placeholder"];
  const marked = new Marked({
    async: true,
    extensions: [extension("placeholder-line", "block"), extension("placeholder", "inline")],
    walkTokens: async ({ type, raw }) => {
      if (types.includes(type)) await fill(raw);
    },
  });
  const html = await marked.parse(text);
  if (problem !== undefined) throw problem;
  return { html, sources: [...sources], cells: [...cells], asides };
}

function parsed(source: string): Placeholder | undefined {
  const [raw, inner] = placeholderPattern.exec(source) ?? [];
  return raw === undefined || inner === undefined ? undefined : parsePlaceholder(raw, inner);
}

async function resolve(deck: DeckRun, { name, words }: Placeholder): Promise<Filled> {
  const block = blocks[name];
  if (block !== undefined) return block(deck, words);
  const inline = inlines[name];
  if (inline !== undefined) return inline(deck, words);
  const known = [...Object.keys(blocks), ...Object.keys(inlines)].join(", ");
  throw new PlaceholderProblem(`a placeholder, one of ${known}`, name);
}
