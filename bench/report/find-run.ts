import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { CannotRun } from "../../cli/command.ts";

/** Runs that have a name of their own in `results`. */
const named = ["latest", "reference"];

/**
 * The folder of a run: by its id in `runs`, as `latest` or `reference`, by its path, or the latest in `results` when nothing
 * is said.
 */
export async function findRun(
  results: string,
  wanted: string | undefined,
  runs = join(results, "runs"),
): Promise<string> {
  if (wanted === undefined) {
    const latest = join(results, "latest");
    if (await isFolder(latest)) return latest;
    throw new CannotRun({
      expected: `a run at ${latest}`,
      got: "nothing there",
      next: "make one with `npm run bench`",
    });
  }
  const own = named.includes(wanted) ? [join(results, wanted)] : [];
  const places = wanted === "" ? [] : [join(runs, wanted), ...own, wanted];
  for (const place of places) if (await isFolder(place)) return place;
  throw new CannotRun({
    expected: `the id of a run in ${runs}, ${named.join(", ")}, or a folder with a run.json`,
    got: wanted === "" ? "no name" : wanted,
    next: await nextStep(runs),
  });
}

async function nextStep(runs: string): Promise<string> {
  const ids = (await isFolder(runs)) ? (await readdir(runs)).sort().reverse() : [];
  if (ids.length === 0) return "make a run with `npm run bench`";
  return `name one of the last runs: ${ids.slice(0, 5).join(", ")}`;
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
    throw error;
  });
  return found?.isDirectory() ?? false;
}
