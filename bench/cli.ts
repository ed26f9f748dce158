import { CannotRun, runCommand, type Verdict } from "../cli/command.ts";
import { list } from "./list.ts";
import { parseBenchOptions } from "./options.ts";
import { presentRun, showRun } from "./report/present.ts";
import type { Run } from "./result.ts";
import type { RunFolder } from "./run/folder.ts";
import { runOptionsOf } from "./run/options.ts";
import { findInterrupted } from "./run/resume.ts";
import { runSession } from "./run/run.ts";
import { beginRun, type Session } from "./run/session.ts";

await runCommand(async (interrupted): Promise<Verdict> => {
  const { options, named } = parseBenchOptions();
  // Where the driver of every process looks for it, and where nothing records it.
  if (options.database?.password !== undefined) process.env.PGPASSWORD = options.database.password;
  if (options.list) {
    await list();
    return "done";
  }
  if (options.resume === undefined)
    return sit(await beginRun(runOptionsOf(options), options.out), interrupted);
  const found = await findInterrupted(options.resume, options, named);
  if (found.state === "interrupted") return sit(found.session, interrupted);
  console.error(`Run ${found.run.id} is complete: there is nothing left to run.`);
  return present(found.run, found.folder);
});

/** Runs what is left, and shows what the run has come to. */
async function sit(session: Session, interrupted: AbortSignal): Promise<Verdict> {
  const { folder, plan } = session;
  const { run, unsaved } = await runSession(session, interrupted);
  const measured = run.trials.length;
  if (unsaved !== undefined) {
    showRun(run);
    throw unsaved;
  }
  const verdict = measured === 0 ? "done" : await present(run, folder);
  if (interrupted.aborted && !run.complete) {
    throw new CannotRun({
      expected: "to run every trial of the plan",
      got: `${interrupted.reason.message} after ${measured} of ${plan.length} trials; every process is ended`,
      next: `what was measured is kept in ${folder.path}; go on with: ${folder.resumeCommand}`,
    });
  }
  return verdict;
}

async function present(run: Run, folder: RunFolder): Promise<Verdict> {
  await presentRun(run, folder.path);
  await folder.becomeLatest();
  return run.trials.some(({ outcome }) => outcome.state === "failed") ? "no" : "done";
}
