import { readlink } from "node:fs/promises";
import { dirname, isAbsolute, join, resolve } from "node:path";
import { CannotRun } from "../../cli/command.ts";
import type { BenchOptions } from "../options.ts";
import { findRun } from "../report/find-run.ts";
import { pointKey } from "../report/points.ts";
import { readRun } from "../report/read-run.ts";
import type { Environment, Run, Trial } from "../result.ts";
import { RunFolder } from "./folder.ts";
import { type RunOptions, readRunOptions, runOptionsOf } from "./options.ts";
import type { PlannedTrial } from "./plan.ts";
import { RunRecord } from "./record.ts";
import { checkLabs, planOf, prepareMachine, type Session } from "./session.ts";

/** What may differ between two sittings: none of it decides what is measured, or how. */
const mayDiffer = ["commit", "loadAverage", "clockResolutionNs"];

/** A run that was found, and whether there is anything left of it to be run. */
export type Found =
  | { readonly state: "complete"; readonly run: Run; readonly folder: RunFolder }
  | { readonly state: "interrupted"; readonly session: Session };

/**
 * The next sitting of an interrupted run, with the options of its first. Throws `CannotRun` when what the
 * command line names contradicts them, or when this is not the machine and the build of the first sitting.
 */
export async function findInterrupted(
  wanted: string,
  said: BenchOptions,
  named: ReadonlySet<keyof BenchOptions>,
): Promise<Found> {
  const folder = new RunFolder(await folderOf(wanted, said.out));
  // Before it is read: whoever else runs it adds to it.
  await folder.hold();
  const run = await readRun(folder.path);
  const options = readRunOptions(run);
  refuse(contradictions(options, runOptionsOf(said), named), {
    expected: `no option that contradicts those of run ${run.id}`,
    next: `${folder.resumeCommand} takes them all from the run; without --resume they make a new one`,
  });
  if (named.has("out") && resolve(dirname(folder.path)) !== resolve(said.out)) {
    throw new CannotRun({
      expected: `run ${run.id} to be in the folder that --out names, ${said.out}`,
      got: `it is in ${dirname(folder.path)}, where it is kept on`,
      next: folder.resumeCommand,
    });
  }
  if (run.complete) return { state: "complete", run, folder };
  await checkLabs(options);
  const { cores, probes, environment } = await prepareMachine(options);
  refuse(differences(run.environment, environment), {
    expected: `the machine, the build and the settings with which run ${run.id} began`,
    next: "go on where they are the same, or make a new run with `npm run bench`: one run, one instrument",
  });
  const { plan } = await planOf(options);
  const stray = run.trials.findIndex((trial, index) => !isTrialOf(trial, plan[index]));
  if (stray >= 0) {
    throw new CannotRun({
      expected: `the trials of ${folder.file} to be the first of its plan`,
      got: `another one at run.trials[${stray}]`,
      next: "the file is damaged: make a new run with `npm run bench`",
    });
  }
  const record = new RunRecord(run, plan.length);
  return { state: "interrupted", session: { options, plan, record, folder, cores, probes } };
}

/** Each option that the command line names and that the run has otherwise, as a sentence's part. */
export function contradictions(
  ofRun: RunOptions,
  said: RunOptions,
  named: ReadonlySet<keyof BenchOptions>,
): string[] {
  return Object.keys({ ...ofRun, ...said }).flatMap((key) => {
    const name = key as keyof RunOptions;
    if (!named.has(name as keyof BenchOptions) || shown(ofRun[name]) === shown(said[name])) return [];
    return [`${optionName(name)} ${shown(said[name])}, where the run has ${shown(ofRun[name])}`];
  });
}

/** Each part of the environment that decides what is measured and is not what it was. */
export function differences(before: Environment, now: Environment): string[] {
  const [were, are] = [partsOf(before), partsOf(now)];
  return [...new Set([...were.keys(), ...are.keys()])].flatMap((name) => {
    const [was, is] = [were.get(name), are.get(name)];
    return was === is ? [] : [`${name} ${is ?? "unknown"}, where the run has ${was ?? "unknown"}`];
  });
}

/** The parts of an environment by their names, those of objects as `packages.ws`. */
function partsOf(environment: Environment): Map<string, string> {
  const parts = Object.entries(environment).flatMap(([name, value]) => {
    if (mayDiffer.includes(name)) return [];
    if (typeof value !== "object") return [[name, String(value)] as const];
    return Object.entries(value).map(([inner, part]) => [`${name}.${inner}`, JSON.stringify(part)] as const);
  });
  return new Map(parts);
}

function refuse(reasons: readonly string[], parts: { expected: string; next: string }): void {
  if (reasons.length > 0) throw new CannotRun({ ...parts, got: reasons.join("; ") });
}

function isTrialOf({ scenario, arm, block, point }: Trial, planned: PlannedTrial | undefined): boolean {
  return (
    planned !== undefined &&
    scenario === planned.scenario.name &&
    arm === planned.arm &&
    block === planned.block &&
    pointKey(point) === pointKey(planned.point)
  );
}

/** By id where runs are made, or by path; of a link such as results/latest, which leads elsewhere soon, its target. */
async function folderOf(wanted: string, out: string): Promise<string> {
  const found = await findRun("results", wanted, out);
  const target = await readlink(resolve(found)).catch(() => undefined);
  if (target === undefined) return found;
  return isAbsolute(target) ? target : join(dirname(found), target);
}

/** `--wait-seconds` for `waitSeconds`. */
function optionName(key: string): string {
  return `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
}

function shown(value: unknown): string {
  if (value === undefined) return "none";
  return Array.isArray(value) ? value.join(",") : String(value);
}
