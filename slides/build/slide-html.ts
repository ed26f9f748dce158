/** A slide of the deck as a section of its page. */
import { Html, html } from "../../bench/report/html-template.ts";
import { markedRemarks } from "../../bench/report/remarks.ts";
import type { DeckRun } from "./deck-run.ts";
import { type Rendered, renderMarkdown } from "./markdown.ts";
import type { Slide } from "./sections.ts";

/** A line of its own that parts what is below the heading into columns. */
const columnMark = /^\|\|\|[ \t]*$/m;

/** Letters of remarks that a slide has room for; where there are more, the speaker has them. */
const longestRemarks = 220;
const inTheNotes = "Figures with a mark are to be read with care: the notes say why.";

/** `section` stands above the heading, save on the slide that opens the deck. */
export async function slideHtml(deck: DeckRun, section: string, slide: Slide): Promise<Html> {
  const { heading, columns } = partsOf(slide.body);
  const render = (text: string) => renderMarkdown(deck, slide.place, text);
  const head = await render(heading);
  const parts: Rendered[] = [];
  for (const column of columns) parts.push(await render(column));
  const notes = await render(slide.notes);
  const shown = [head, ...parts];
  const remarks = remarksOf(shown);
  const isShort = remarks.join("").length <= longestRemarks;
  const asides = [...shown.flatMap((part) => part.asides), ...(isShort ? [] : remarks)];
  const opening = /^# /.test(heading);
  return html`<section id="${slugOf(slide)}"${opening ? new Html(' class="opening"') : undefined}>
<header>${
    opening
      ? undefined
      : html`<p class="section">${section}</p>
`
  }${new Html(head.html)}</header>
<div class="${parts.length > 1 ? "body columns" : "body"}">
${parts.map((part) => (parts.length > 1 ? html`<div>${new Html(part.html)}</div>\n` : new Html(part.html)))}</div>
${footer(shown, isShort ? remarks : [inTheNotes])}
<aside class="notes">
${new Html(notes.html)}${asides.map((text) => html`<p>${text}</p>\n`)}${notes.sources.length === 0 ? undefined : html`<p>${sourcesText(notes.sources)}</p>`}</aside>
</section>
`;
}

/** What leads to the slide: `index.html#/boiling-yet`. */
export function slugOf({ title }: Pick<Slide, "title">): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

function partsOf(body: string): { readonly heading: string; readonly columns: readonly string[] } {
  const [heading = ""] = /^#.*$/m.exec(body) ?? [];
  const columns = body.slice(heading.length).split(columnMark);
  return { heading, columns: columns.filter((column) => column.trim() !== "") };
}

function footer(shown: readonly Rendered[], remarks: readonly string[]): Html | undefined {
  const sources = [...new Set(shown.flatMap((part) => part.sources))];
  const lines = [...remarks, ...(sources.length === 0 ? [] : [sourcesText(sources)])];
  return lines.length === 0
    ? undefined
    : html`<footer>${lines.map((line) => html`<p>${line}</p>\n`)}</footer>`;
}

/** What the marks of a slide's figures mean, each cell once, however often it is shown. */
function remarksOf(shown: readonly Rendered[]): string[] {
  const cells = shown.flatMap((part) => part.cells);
  return markedRemarks([
    ...new Map(cells.map((cell) => [JSON.stringify([cell.scenario, cell.arm, cell.point]), cell])).values(),
  ]);
}

function sourcesText(sources: readonly string[]): string {
  return `${sources.length === 1 ? "Source" : "Sources"}: ${sources.join("; ")}`;
}
