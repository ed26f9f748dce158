/** Reads the deck as it is written: `slides/deck/NN-section.md`, slides parted by `---`, their notes behind `Note:`. */
import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { CannotRun } from "../../cli/command.ts";
import { projectFolder } from "../../cli/project.ts";

/** A slide as it is written. */
export interface Slide {
  /** Where it stands, as errors call it: `slide 2 of slides/deck/03-webhooks.md`. */
  readonly place: string;
  /** Without its placeholders and marks; empty where there is no heading. */
  readonly title: string;
  /** Markdown, with placeholders. */
  readonly body: string;
  /** Markdown, with placeholders: what the speaker says. */
  readonly notes: string;
  readonly minutes: number;
}

export interface Section {
  /** As its file, without number and ending: `webhooks`. */
  readonly name: string;
  /** As it stands above each of its slides: `Push to browsers`. */
  readonly title: string;
  /** Relative to the project's folder. */
  readonly file: string;
  readonly text: string;
  readonly slides: readonly Slide[];
}

export const deckFolder: URL = new URL("slides/deck/", projectFolder);

/** All sections, in the order of their files' names. */
export async function readSections(folder: URL = deckFolder): Promise<Section[]> {
  const names = (await readdir(fileURLToPath(folder))).filter((name) => name.endsWith(".md")).sort();
  return Promise.all(
    names.map(async (name) =>
      parseSection(`slides/deck/${name}`, await readFile(new URL(name, folder), "utf8")),
    ),
  );
}

/** The slides of a file. Throws `CannotRun` where one has no notes, or notes that do not begin with their minutes. */
export function parseSection(file: string, text: string): Section {
  const name = file.replace(/^.*\//, "").replace(/^\d+-|\.md$/g, "");
  const slides = text
    .split(/^---[ \t]*$/m)
    .map((slide, index) => parseSlide(`slide ${index + 1} of ${file}`, slide));
  const words = name.replaceAll("-", " ");
  return { name, title: words.charAt(0).toUpperCase() + words.slice(1), file, text, slides };
}

function parseSlide(place: string, text: string): Slide {
  const [body = "", notes, ...more] = text.split(/^Note:/m);
  const timed = /^\s*\((\d+(?:\.\d+)?) min\)\s*([\s\S]*)$/.exec(notes ?? "");
  if (timed === null || more.length > 0) {
    throw new CannotRun({
      expected: `one line "Note: (1 min) ..." in ${place}, and behind it what the speaker says`,
      got:
        notes === undefined
          ? "no notes"
          : more.length > 0
            ? "two notes"
            : `notes that begin “${notes.trim().slice(0, 40)}”`,
      next: "write the minutes that the slide takes, and what to say",
    });
  }
  const [, minutes = "", said = ""] = timed;
  return { place, title: titleOf(body), body: body.trim(), notes: said.trim(), minutes: Number(minutes) };
}

function titleOf(body: string): string {
  const heading = /^#+ +(.+)$/m.exec(body)?.[1] ?? "";
  return heading
    .replace(/\{\{.*?\}\}/g, "")
    .replace(/[*`_]/g, "")
    .replace(/\s+/g, " ")
    .trim();
}
