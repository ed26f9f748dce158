import { rmSync } from "node:fs";
import { mkdir, readlink, rename, rm, symlink, writeFile } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import { CannotRun } from "../../cli/command.ts";
import type { Run } from "../result.ts";

/** Where runs are kept unless the command says otherwise, and what leads to the newest of them. */
export const runsFolder = "results/runs";
const latestRun = "results/latest";

/** The folder of a run. */
export class RunFolder {
  readonly path: string;

  /** `path`: a folder that is there already. */
  constructor(path: string) {
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
      const next = "name another with --out; if a run of this second is there, start it again";
      throw new CannotRun({ expected: `to make the folder ${path}`, got, next }, { cause });
    }
    const folder = new RunFolder(path);
    await folder.hold();
    return folder;
  }

  /**
   * Keeps other processes from running the same run for as long as this one lives. Throws `CannotRun` when one does
   * already, or when nothing can be written there.
   */
  async hold(): Promise<void> {
    const mark = join(this.path, "running");
    const holder = Number(await readlink(mark).catch(() => ""));
    if (holder > 0 && isAlive(holder)) {
      throw new CannotRun({
        expected: `nobody else to run ${this.path}`,
        got: `process ${holder}, which does`,
        next: `wait until it has ended; if it is no run of ours, remove ${mark}`,
      });
    }
    try {
      // Of a process that was ended by force.
      await rm(mark, { force: true });
      // A link is there with its content or not at all, even on a full disk.
      await symlink(String(process.pid), mark);
    } catch (cause) {
      const got = cause instanceof Error ? cause.message : String(cause);
      const next = "make room there, let yourself write there, or have the run made elsewhere with --out";
      throw new CannotRun({ expected: `to write ${mark}`, got, next }, { cause });
    }
    process.once("exit", () => rmSync(mark, { force: true }));
  }

  get file(): string {
    return join(this.path, "run.json");
  }

  /** The command that goes on with this run. */
  get resumeCommand(): string {
    return `npm run bench -- --resume ${this.#isOurs ? relative(runsFolder, this.path) : quoted(this.path)}`;
  }

  /**
   * Writes run.json whole or not at all, so that whatever ends the run, the last state stays readable. Rejects
   * with the system's error, after which the state before is still there.
   */
  async save(run: Run): Promise<void> {
    const unfinished = `${this.file}.new`;
    try {
      // Flushed: some file systems say only then that they are full.
      await writeFile(unfinished, `${JSON.stringify(run, undefined, 1)}\n`, { flush: true });
      await rename(unfinished, this.file);
    } catch (error) {
      await rm(unfinished, { force: true });
      throw error;
    }
  }

  /** Leads `results/latest` to this run, if it is one of the project's own and not kept elsewhere. */
  async becomeLatest(): Promise<void> {
    if (!this.#isOurs) return;
    const unfinished = `${latestRun}.new`;
    await rm(unfinished, { force: true });
    await symlink(relative(dirname(latestRun), this.path), unfinished);
    await rename(unfinished, latestRun);
  }

  get #isOurs(): boolean {
    return resolve(dirname(this.path)) === resolve(runsFolder);
  }
}

/** The id of a run that starts now, such as `2026-11-24T06-07-08-quick`. */
export function runId(startedAt: Date, profile: string): string {
  return `${startedAt.toISOString().slice(0, 19).replaceAll(":", "-")}-${profile}`;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // There is one, but it is not ours to signal.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** As a shell takes it for one word. */
function quoted(path: string): string {
  return /^[\w./@:+-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`;
}
