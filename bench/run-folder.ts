import { mkdir, rename, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { CannotRun } from "../cli/command.ts";
import type { Run } from "./result.ts";

/** Where runs are kept unless the command says otherwise, and what leads to the newest of them. */
export const runsFolder = "results/runs";
const latestRun = "results/latest";

/** The folder of a run. */
export class RunFolder {
  readonly path: string;

  private constructor(path: string) {
    this.path = path;
  }

  /** Makes `<parent>/<id>`. Throws `CannotRun` when that is not possible. */
  static async create(parent: string, id: string): Promise<RunFolder> {
    const path = join(parent, id);
    try {
      await mkdir(parent, { recursive: true });
      await mkdir(path);
    } catch (cause) {
      const got = cause instanceof Error ? cause.message : String(cause);
      const next = "name another with --out";
      throw new CannotRun({ expected: `to make the folder ${path}`, got, next }, { cause });
    }
    return new RunFolder(path);
  }

  /** Writes run.json whole or not at all, so that whatever ends the run, the last state stays readable. */
  async save(run: Run): Promise<void> {
    const file = join(this.path, "run.json");
    await writeFile(`${file}.new`, `${JSON.stringify(run, undefined, 1)}\n`);
    await rename(`${file}.new`, file);
  }

  /** Leads `results/latest` to this run, if it is one of the project's own and not kept elsewhere. */
  async becomeLatest(): Promise<void> {
    if (resolve(dirname(this.path)) !== resolve(runsFolder)) return;
    await rm(latestRun, { force: true });
    await symlink(relative(dirname(latestRun), this.path), latestRun);
  }
}

/** The id of a run that starts now, such as `2026-11-24T06-07-08-quick`. */
export function runId(startedAt: Date, profile: string): string {
  return `${startedAt.toISOString().slice(0, 19).replaceAll(":", "-")}-${profile}`;
}
