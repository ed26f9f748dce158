import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { CannotRun } from "../../cli/command.ts";
import { type Run, schemaVersion } from "../result.ts";
import { JsonReader, Misshapen } from "./json-reader.ts";
import { runOf } from "./run-shape.ts";

const again = "make a new run with `npm run bench`, or name another one";

/** Reads the `run.json` of a folder. Throws `CannotRun` when it is missing, damaged or of another schema. */
export async function readRun(folder: string): Promise<Run> {
  const file = join(folder, "run.json");
  return parseRun(await readText(file), file);
}

/** A run out of the text of its `run.json`; `file` is how errors call it. */
export function parseRun(text: string, file: string): Run {
  const json = new JsonReader(parseJson(text, file));
  try {
    const version = json.at("schemaVersion").number();
    if (version !== schemaVersion) {
      throw new CannotRun({
        expected: `schema version ${schemaVersion} in ${file}`,
        got: `schema version ${version}`,
        next: `use the version of this project that made the run, or ${again}`,
      });
    }
    return runOf(json);
  } catch (error) {
    if (!(error instanceof Misshapen)) throw error;
    throw new CannotRun({
      expected: `${error.expected} at ${error.path} in ${file}`,
      got: error.got,
      next: `the file is damaged: ${again}`,
    });
  }
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new CannotRun({
      expected: `a readable ${file}`,
      got: error instanceof Error ? error.message : String(error),
      next: again,
    });
  }
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CannotRun({
      expected: `JSON in ${file}`,
      got: error instanceof Error ? error.message : String(error),
      next: `the file is damaged: ${again}`,
    });
  }
}
