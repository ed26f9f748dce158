import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { z } from "zod";
import { CannotRun } from "../../cli/command.ts";
import { type Run, runShape, schemaVersion } from "../result.ts";
import { mergedHistogram } from "./merged-histogram.ts";

const again = "make a new run with `npm run bench`, or name another one";

/** What must hold beyond the shape: names lead somewhere, and histograms can be decoded. */
const consistentRun = runShape.superRefine((run, context) => {
  const expect = (holds: boolean, path: PropertyKey[], message: string) => {
    if (!holds) context.addIssue({ code: "custom", path, message });
  };
  const scenarios = run.scenarios.map(({ name }) => name);
  const armsOf = new Map(
    run.scenarios.map(({ name, arms }) => [name, (arms ?? run.servers).map((arm) => arm.name)]),
  );
  run.trials.forEach(({ arm, scenario, outcome }, index) => {
    const arms = armsOf.get(scenario) ?? [arm];
    expect(arms.includes(arm), ["trials", index, "arm"], `one of ${arms.join(", ")}`);
    expect(scenarios.includes(scenario), ["trials", index, "scenario"], `one of ${scenarios.join(", ")}`);
    const histograms = outcome.state === "completed" ? outcome.histograms : {};
    for (const [name, histogram] of Object.entries(histograms)) {
      const path = ["trials", index, "outcome", "histograms", name];
      expect(isHistogram(histogram), path, "an HDR histogram, compressed and in base64");
    }
  });
});

/** Reads the `run.json` of a folder. Throws `CannotRun` when it is missing, damaged or of another schema. */
export async function readRun(folder: string): Promise<Run> {
  const file = join(folder, "run.json");
  return parseRun(await readText(file), file);
}

/** A run out of the text of its `run.json`; `file` is how errors call it. */
export function parseRun(text: string, file: string): Run {
  const json = parseJson(text, file);
  const version = typeof json === "object" && json !== null && "schemaVersion" in json && json.schemaVersion;
  if (typeof version === "number" && version !== schemaVersion) {
    throw new CannotRun({
      expected: `schema version ${schemaVersion} in ${file}`,
      got: `schema version ${version}`,
      next: `use the version of this project that made the run, or ${again}`,
    });
  }
  const { data, error } = consistentRun.safeParse(json);
  const [issue] = error?.issues ?? [];
  if (issue === undefined) return data as Run;
  throw new CannotRun({
    expected: `${expectedBy(issue)} at ${placeOf(issue.path)} in ${file}`,
    got: shown(valueAt(json, issue.path)),
    next: `the file is damaged: ${again}`,
  });
}

function isHistogram(text: string): boolean {
  try {
    mergedHistogram([text]);
    return true;
  } catch {
    return false; // That is the answer; the reader of the run is told with the place.
  }
}

function expectedBy(issue: z.core.$ZodIssue): string {
  if (issue.code === "invalid_type") return issue.expected;
  if (issue.code === "invalid_value") return `one of ${issue.values.join(", ")}`;
  return issue.message;
}

/** `run.trials[0].server` */
function placeOf(path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (place, key) => (typeof key === "number" ? `${place}[${key}]` : `${place}.${String(key)}`),
    "run",
  );
}

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === "object" && value !== null ? Reflect.get(value, key) : undefined),
    json,
  );
}

function shown(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = JSON.stringify(value);
  return text.length <= 60 ? text : `${text.slice(0, 59)}…`;
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
