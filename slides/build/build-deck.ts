/** Fills the deck from a run and writes it as a folder that opens from disk. */
import { copyFile, mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { darkStyle } from "../../bench/charts/drawing/dark.ts";
import type { Html } from "../../bench/report/html-template.ts";
import type { Run } from "../../bench/result.ts";
import { CannotRun } from "../../cli/command.ts";
import { projectFolder } from "../../cli/project.ts";
import { strayNumbers } from "../numbers.ts";
import { deckRun, type LiveAddresses } from "./deck-run.ts";
import { pageHtml } from "./page.ts";
import { rowColours } from "./row-figure.ts";
import { deckFolder, readSections, type Section } from "./sections.ts";
import { slideHtml, slugOf } from "./slide-html.ts";

export type { LiveAddresses } from "./deck-run.ts";

const packages = createRequire(import.meta.url);
const ours: URL = new URL("slides/", projectFolder);

/**
 * Writes `index.html` and all that it loads into a folder, which is made where there is none. `sections` is where the deck
 * is read from. Throws `CannotRun` that names file, slide and placeholder where the deck cannot be filled.
 */
export async function buildDeck(
  run: Run,
  folder: string,
  live: LiveAddresses,
  sections: URL = deckFolder,
): Promise<void> {
  const read = await readSections(sections);
  checkNumbers(read);
  const all = read.flatMap(({ slides }) => slides);
  checkTitles(all);
  const deck = await deckRun(run, live);
  const slides: Html[] = [];
  for (const section of read)
    for (const slide of section.slides) slides.push(await slideHtml(deck, section.title, slide));
  await mkdir(folder, { recursive: true });
  const reveal = ["reset.css", "reveal.css", "reveal.js", "notes.js"];
  await copyAll(folder, "assets", [
    ...reveal.map((name) => ({
      name,
      from: packages.resolve(`reveal.js${revealExports[name] ?? `/${name}`}`),
    })),
    { name: "deck.js", from: fileURLToPath(new URL("theme/deck.js", ours)) },
  ]);
  const parts = [await partOf("latency"), await partOf("live"), await partOf("pictures", "live/pictures/")];
  for (const { name, files } of parts) await copyAll(folder, name, files);
  const theme = await readFile(new URL("theme/deck.css", ours), "utf8");
  await writeFile(
    join(folder, "assets/deck.css"),
    `${theme}\n${darkStyle(".reveal .chart svg")}\n${rowColours()}\n`,
  );
  const loaded = (ending: string) =>
    parts.flatMap(({ name: part, files }) =>
      files.filter(({ name }) => name.endsWith(ending)).map(({ name }) => `${part}/${name}`),
    );
  const page = pageHtml(deck, slides, {
    // The theme comes last: it has the last word on sizes.
    styles: ["assets/reset.css", "assets/reveal.css", ...loaded(".css"), "assets/deck.css"],
    scripts: ["assets/reveal.js", "assets/notes.js", ...loaded(".js"), "assets/deck.js"],
  });
  await writeFile(join(folder, "index.html"), page);
}

/** Where reveal.js has its scripts; its styles go by their names. */
const revealExports: Readonly<Record<string, string>> = { "reveal.js": "", "notes.js": "/plugin/notes" };

interface Copied {
  readonly name: string;
  readonly from: string;
}

/** What lies in a folder of `slides` for the browser, and what the deck calls that folder. */
async function partOf(
  name: string,
  path = `${name}/`,
): Promise<{ readonly name: string; readonly files: readonly Copied[] }> {
  const from = new URL(path, ours);
  const names = await readdir(from);
  const files = names
    .filter((file) => /\.(?:js|css|png|svg|webp)$/.test(file))
    .sort()
    .map((file) => ({ name: file, from: fileURLToPath(new URL(file, from)) }));
  return { name, files };
}

async function copyAll(folder: string, into: string, files: readonly Copied[]): Promise<void> {
  await mkdir(join(folder, into), { recursive: true });
  await Promise.all(files.map(({ name, from }) => copyFile(from, join(folder, into, name))));
}

function checkNumbers(sections: readonly Section[]): void {
  for (const { file, text } of sections) {
    const [stray] = strayNumbers(text);
    if (stray === undefined) continue;
    throw new CannotRun({
      expected: `no number typed by hand in ${file}`,
      got: `“${stray.text}” in line ${stray.line}`,
      next: "let a placeholder bring it; slides/numbers.ts says which numbers need none",
    });
  }
}

function checkTitles(slides: readonly { readonly place: string; readonly title: string }[]): void {
  const places = new Map<string, string>();
  for (const slide of slides) {
    const slug = slugOf(slide);
    const before = places.get(slug);
    if (slug !== "" && before === undefined) {
      places.set(slug, slide.place);
      continue;
    }
    throw new CannotRun({
      expected: `a heading of its own on ${slide.place}, which is what leads to it`,
      got: slug === "" ? "none" : `“${slide.title}”, as on ${before}`,
      next: "give the slide a heading that no other has",
    });
  }
}
