import { CannotRun } from "../cli/command.ts";
import { loadServer } from "../servers/index.ts";
import { withDefaults } from "../servers/options.ts";
import { type CalibrationOrder, calibrate } from "./calibration/calibrate.ts";
import { failureTexts } from "./calibration/failure-texts.ts";
import { separateCores } from "./cores.ts";
import { readEnvironment } from "./environment.ts";
import { enterNetworkNamespace } from "./network/namespace.ts";
import { type BenchOptions, scenariosNamed } from "./options.ts";
import { type PlannedTrial, planTrials } from "./plan.ts";
import { CoreSpeedMeter } from "./probes/core-speed.ts";
import { OutsideProbes } from "./probes/outside.ts";
import { type Profile, profiles } from "./profiles.ts";
import { Progress } from "./progress.ts";
import {
  type Calibration,
  type Option,
  type Outcome,
  type Run,
  schemaVersion,
  type Trial,
} from "./result.ts";
import { RunFolder, runId } from "./run-folder.ts";
import { runTrial } from "./trial.ts";

export interface FinishedRun {
  readonly run: Run;
  readonly folder: RunFolder;
}

/** Runs the plan that the options describe, saving after every trial. Interrupted, it keeps what it has. */
export async function runPlan(options: BenchOptions, interrupted: AbortSignal): Promise<FinishedRun> {
  const profile = profileOf(options);
  const scenarios = scenariosNamed(options.scenarios);
  const servers = await Promise.all(
    options.servers.map(async (name) => [name, await loadServer(name)] as const),
  );
  const plan = planTrials(servers, scenarios, profile, options.seed);
  const startedAt = new Date();
  const id = runId(startedAt, options.profile);
  const folder = await RunFolder.create(options.out, id);
  const probes = await OutsideProbes.find(enterNetworkNamespace());
  const cores = separateCores();
  const environment = { ...(await readEnvironment(cores.description)), unavailable: probes.unavailable };
  const conditions = { pollMs: options.pollMs, waitSeconds: options.waitSeconds };
  const progress = new Progress(plan.length);
  const calibrations: Calibration[] = [];
  const trials: Trial[] = [];
  const startedMs = performance.now();
  const coreSpeedMeter = new CoreSpeedMeter(cores);
  const snapshot = (): Run => ({
    schemaVersion,
    id,
    startedAt: startedAt.toISOString(),
    durationMs: performance.now() - startedMs,
    complete: trials.length === plan.length,
    options: optionsOf(options, profile),
    seed: options.seed,
    network: { name: "loopback", roundTripMs: 0 },
    environment,
    calibrations,
    servers: servers.map(([name, { ioModel, transport, summary }]) => ({
      name,
      ioModel,
      transport,
      summary,
    })),
    scenarios: scenarios.map((scenario) => ({
      name: scenario.name,
      question: scenario.question,
      columns: scenario.columns,
      costs: scenario.costs,
      saturates: scenario.saturates,
      conditions: scenario.conditions(profile, conditions, options.arrivals),
    })),
    trials,
  });

  progress.show("calibrating: the instrument against a server with known answers");
  const calibrated = await calibrateFirst(coreSpeedMeter, {
    cores,
    calibrationMs: profile.calibrationMs,
    signal: interrupted,
  });
  if (calibrated !== undefined) calibrations.push(calibrated);
  for (const line of calibrations.flatMap(failureTexts)) progress.keep(line);

  for (const planned of plan) {
    // Between two trials too: a trial does not hear of a signal that came before it.
    if (interrupted.aborted) break;
    progress.begin(titleOf(planned));
    const coreSpeed = await coreSpeedMeter.read();
    const trialStartedAt = new Date();
    const { name, server, scenario, point } = planned;
    const load = scenario.load(point, profile);
    // The servers of a block get their webhooks at the same times.
    const arrivals = { kind: options.arrivals, seed: options.seed + planned.block };
    const outcome = await runTrial({
      ...{ name, server, scenario, load, cores, conditions, arrivals, probes },
      signal: interrupted,
    });
    if (interrupted.aborted) break;
    trials.push({
      scenario: scenario.name,
      server: name,
      point,
      ...(planned.clampedBecause === undefined ? {} : { clampedBecause: planned.clampedBecause }),
      block: planned.block,
      startedAt: trialStartedAt.toISOString(),
      durationMs: Date.now() - trialStartedAt.getTime(),
      coreSpeed,
      outcome,
    });
    progress.end(troubleOf(planned, outcome));
    await folder.save(snapshot());
  }
  progress.finish();
  await coreSpeedMeter.kill();
  const run = snapshot();
  await folder.save(run);
  return { run, folder };
}

/** The calibration; undefined when it was interrupted, which is for the caller to tell. */
async function calibrateFirst(
  coreSpeedMeter: CoreSpeedMeter,
  order: Omit<CalibrationOrder, "coreSpeed">,
): Promise<Calibration | undefined> {
  try {
    return await calibrate({ ...order, coreSpeed: await coreSpeedMeter.read() });
  } catch (error) {
    if (order.signal.aborted) return undefined;
    await coreSpeedMeter.kill();
    throw new CannotRun(
      {
        expected: "the load to measure a server with known answers before the first trial",
        got: error instanceof Error ? error.message : String(error),
        next: "see whether processes can be started here and reach each other on 127.0.0.1",
      },
      { cause: error },
    );
  }
}

/** The profile, with what the command line says instead of it. */
function profileOf(options: BenchOptions): Profile {
  const profile: Profile = profiles[options.profile];
  return {
    ...profile,
    blocks: options.blocks ?? profile.blocks,
    connections: options.connections === undefined ? profile.connections : [options.connections],
  };
}

/** All that decides what a run measures, in one record; ports and secrets of the servers do not. */
function optionsOf(options: BenchOptions, profile: Profile): Readonly<Record<string, Option>> {
  const { list: _, connections: __, blocks: ___, ...told } = options;
  const { workers, queueLength, historyEvents, heartbeatMs } = withDefaults();
  return { ...told, ...profile, workers, queueLength, historyEvents, heartbeatMs };
}

function titleOf({ scenario, name, point, block }: PlannedTrial): string {
  const coordinates = Object.entries(point).map(([axis, value]) => `${axis} ${value}`);
  return `${scenario.name}: ${name}, ${coordinates.join(", ")}${block > 1 ? `, block ${block}` : ""}`;
}

function troubleOf(planned: PlannedTrial, outcome: Outcome): string | undefined {
  return outcome.state === "failed"
    ? `failed: ${titleOf(planned)}, in ${outcome.phase}: ${outcome.message}`
    : undefined;
}
