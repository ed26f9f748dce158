import { copyFile, mkdir, realpath, rm } from "node:fs/promises";
import { join } from "node:path";
import { CannotRun } from "../../cli/command.ts";
import { serverNames } from "../../servers/index.ts";
import { claims } from "../claims/index.ts";
import type { Run } from "../result.ts";
import { isCalibrated } from "./calibration.ts";
import { presentRun } from "./present.ts";

/** Intervals take its blocks, and a reader its conditions. */
const profile = "standard";

/**
 * Makes a run the one in `<results>/reference`: its `run.json`, and all that is made of it. Throws `CannotRun` for one that
 * nobody should be pointed to.
 */
export async function keepAsReference(run: Run, folder: string, results: string): Promise<void> {
  const unfit = whyUnfit(run);
  if (unfit !== undefined) throw new CannotRun(unfit);
  const reference = join(results, "reference");
  await mkdir(reference, { recursive: true });
  if ((await realpath(folder)) !== (await realpath(reference))) {
    // A chart that this version has no more would stay.
    await rm(join(reference, "charts"), { recursive: true, force: true });
    await copyFile(join(folder, "run.json"), join(reference, "run.json"));
  }
  await presentRun(run, reference);
  console.log("Then: `npm run readme` writes its figures into README.md; commit both.");
}

/** What a reference must be, and the run is not; undefined for one that may be it. */
export function whyUnfit(run: Run): { expected: string; got: string; next: string } | undefined {
  const { commit } = run.environment;
  const again = `make one with \`npm run bench -- --profile ${profile}\``;
  const expected = "a run that anyone can look up and repeat";
  if (!run.complete) {
    return {
      expected: "a complete run",
      got: `${run.id}, which was interrupted`,
      next: `npm run bench -- --resume ${run.id}`,
    };
  }
  if (!isCalibrated(run)) {
    return { expected: "a calibrated run", got: `${run.id}, of which a check was off`, next: again };
  }
  if (run.options.profile !== profile) {
    return {
      expected: `a run of the profile ${profile}`,
      got: `the profile ${run.options.profile}`,
      next: again,
    };
  }
  if (commit === undefined || commit.endsWith("+")) {
    const got =
      commit === undefined
        ? "one made outside of a checkout"
        : `one of ${commit}: the work tree was another than the commit`;
    return { expected, got, next: `commit what there is, and ${again}` };
  }
  const missing = missingFrom(run);
  if (missing.length > 0) {
    return {
      expected: "a run of every server, and of every scenario and lab that claims are judged by",
      got: `none of ${missing.join(", ")}`,
      next: again,
    };
  }
  return undefined;
}

function missingFrom({ servers, scenarios }: Run): string[] {
  const measured = [...servers, ...scenarios].map(({ name }) => name);
  const wanted = new Set([...serverNames, ...claims.flatMap((claim) => claim.scenarios)]);
  return [...wanted].filter((name) => !measured.includes(name));
}
