import { CannotRun } from "../../cli/command.ts";
import { calibrateBeforeTrials } from "../calibration/before-trials.ts";
import { runLabTrial } from "../labs/run-lab-trial.ts";
import { KeptBrowser } from "../load/kept-browser.ts";
import { networks } from "../network/networks.ts";
import { CoreSpeedMeter } from "../probes/core-speed.ts";
import { checkText } from "../report/calibration.ts";
import type { Outcome, Run, Trial } from "../result.ts";
import { runTrial } from "../trial/trial.ts";
import { expectedTime } from "./expected-time.ts";
import { type RunOptions, serverOptionsOf } from "./options.ts";
import type { PlannedServerTrial, PlannedTrial } from "./plan.ts";
import { type NamedWork, Progress } from "./progress.ts";
import type { Session } from "./session.ts";

/** Starting the processes of a calibration, and ending them. */
const calibrationOverheadMs = 800;

export interface FinishedSession {
  readonly run: Run;
  /** Set when the run as it is now could not be saved. */
  readonly unsaved?: CannotRun;
}

/** Runs what is left of the plan, saving after every trial. Interrupted, it keeps what it has. */
export async function runSession(session: Session, interrupted: AbortSignal): Promise<FinishedSession> {
  const { plan, record, folder, options } = session;
  const work = plan.map((planned): NamedWork => workOf(planned, session));
  const progress = new Progress(work, record.measured);
  await saveFirst(session);
  const coreSpeedMeter = new CoreSpeedMeter(session.cores);
  const browser = new KeptBrowser(session.cores.load);
  let failure: unknown;
  const save = async () => {
    try {
      await folder.save(record.run());
      failure = undefined;
    } catch (error) {
      failure = error;
      progress.keep(
        `not saved: ${messageOf(error)}; ${folder.file} is as before, and is tried again after the next trial`,
      );
    }
  };
  try {
    if (!interrupted.aborted) {
      progress.prepare({
        title: "calibrating: the instrument against a server with known answers",
        kind: "calibration",
        trafficMs: options.calibrationMs,
        overheadMs: calibrationOverheadMs,
      });
      const { calibrationMs } = options;
      const network = networks[options.network];
      const order = { cores: session.cores, calibrationMs, network, signal: interrupted };
      const calibration = await calibrateBeforeTrials(coreSpeedMeter, order);
      if (calibration !== undefined) {
        record.calibrated(calibration);
        for (const check of calibration.checks)
          if (!check.passed) progress.keep(`not calibrated: ${checkText(check)}`);
      }
    }
    for (const planned of plan.slice(record.measured)) {
      // Between two trials too: a trial does not hear of a signal that came before it.
      if (interrupted.aborted) break;
      progress.begin();
      // Nothing of it may run beside what does without.
      if (!takesBrowser(planned, options)) await browser.end();
      const trial = await measure(planned, session, { coreSpeedMeter, browser }, progress, interrupted);
      if (interrupted.aborted) break;
      record.add(trial);
      progress.end();
      const { outcome } = trial;
      if (outcome.state === "failed")
        progress.keep(`failed: ${titleOf(planned)}, in ${outcome.phase}: ${outcome.message}`);
      await save();
    }
    if (interrupted.aborted || failure !== undefined) await save();
  } finally {
    progress.clear();
    await Promise.all([coreSpeedMeter.kill(), browser.end()]);
  }
  const run = record.run();
  return failure === undefined ? { run } : { run, unsaved: notSaved(session, failure) };
}

/** Before anything is measured, so that nothing is measured that cannot be kept. */
async function saveFirst({ folder, record }: Session): Promise<void> {
  try {
    await folder.save(record.run());
  } catch (cause) {
    throw new CannotRun(
      {
        expected: `to write ${folder.file}`,
        got: messageOf(cause),
        next: "make room there, or have the run made elsewhere with --out",
      },
      { cause },
    );
  }
}

/** What is kept from one trial to the next. */
interface Kept {
  readonly coreSpeedMeter: CoreSpeedMeter;
  readonly browser: KeptBrowser;
}

async function measure(
  planned: PlannedTrial,
  session: Session,
  { coreSpeedMeter, browser }: Kept,
  progress: Progress,
  signal: AbortSignal,
): Promise<Omit<Trial, "sitting">> {
  const coreSpeed = await coreSpeedMeter.read();
  const startedAt = new Date();
  const startedMs = performance.now();
  const outcome =
    planned.kind === "lab"
      ? await runLabTrial(planned.scenario, planned, { ...session, block: planned.block, signal })
      : await measureServer(planned, session, browser, progress, signal);
  const clampedBecause = planned.kind === "server" ? planned.clampedBecause : undefined;
  return {
    scenario: planned.scenario.name,
    arm: planned.arm,
    point: planned.point,
    ...(clampedBecause === undefined ? {} : { clampedBecause }),
    block: planned.block,
    startedAt: startedAt.toISOString(),
    durationMs: performance.now() - startedMs,
    coreSpeed,
    outcome,
  };
}

function measureServer(
  { arm, server, scenario, point, block }: PlannedServerTrial,
  { options, cores, probes }: Session,
  browser: KeptBrowser,
  progress: Progress,
  signal: AbortSignal,
): Promise<Outcome> {
  return runTrial({
    name: arm,
    server,
    serverOptions: serverOptionsOf(options),
    scenario,
    load: scenario.load(point, options),
    cores,
    conditions: options,
    network: networks[options.network],
    probes,
    browser,
    // The servers of a block get their webhooks at the same times.
    arrivals: { kind: options.arrivals, seed: options.seed + block },
    signal,
    onPhase: (phase) => progress.phase(phase),
  });
}

function takesBrowser(planned: PlannedTrial, options: RunOptions): boolean {
  return (
    planned.kind === "server" && planned.scenario.load(planned.point, options).subscribersAre === "pages"
  );
}

function workOf(planned: PlannedTrial, { options }: Session): NamedWork {
  const kind = `${planned.scenario.name} ${planned.arm} ${JSON.stringify(planned.point)}`;
  return { title: titleOf(planned), kind, ...expectedTime(planned, options) };
}

function titleOf({ scenario, arm, point, block }: PlannedTrial): string {
  const coordinates = Object.entries(point).map(([axis, value]) => `${axis} ${value}`);
  return `${[`${scenario.name}: ${arm}`, ...coordinates].join(", ")}${block > 1 ? `, block ${block}` : ""}`;
}

function notSaved({ folder, record }: Session, cause: unknown): CannotRun {
  return new CannotRun(
    {
      expected: `to save all ${record.measured} trials in ${folder.file}`,
      got: `${messageOf(cause)}; the file holds what could be saved before`,
      next: `make room there, and run the rest with: ${folder.resumeCommand}`,
    },
    { cause },
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
