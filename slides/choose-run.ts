import { stat } from "node:fs/promises";
import { join } from "node:path";
import { findRun } from "../bench/report/find-run.ts";
import { CannotRun } from "../cli/command.ts";

export interface ChosenRun {
  readonly folder: string;
  /** Why this one. */
  readonly because: string;
}

/** The run that fills the deck: the one that was named, else the latest, else the one that comes with the project. */
export async function chooseRun(results: string, named: string | undefined): Promise<ChosenRun> {
  if (named !== undefined) return { folder: await findRun(results, named), because: "as named" };
  const [latest, reference] = [join(results, "latest"), join(results, "reference")];
  if (await hasRun(latest)) return { folder: latest, because: "the latest run here" };
  if (await hasRun(reference))
    return { folder: reference, because: `there is no ${latest} yet; npm run bench makes one` };
  throw new CannotRun({
    expected: `a run at ${latest} or ${reference}`,
    got: "neither",
    next: "make one with `npm run bench`, or name the folder of one",
  });
}

async function hasRun(folder: string): Promise<boolean> {
  const found = await stat(join(folder, "run.json")).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    throw error;
  });
  return found?.isFile() ?? false;
}
