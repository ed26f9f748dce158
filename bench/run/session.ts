import { loadServer } from "../../servers/index.ts";
import { type Cores, separateCores } from "../environment/cores.ts";
import { readEnvironment } from "../environment/environment.ts";
import { labsNamed } from "../labs/index.ts";
import { enterNetworkNamespace } from "../network/namespace.ts";
import { networks } from "../network/networks.ts";
import { OutsideProbes } from "../probes/outside.ts";
import type { Environment } from "../result.ts";
import { scenariosNamed } from "../scenarios/index.ts";
import { RunFolder, runId } from "./folder.ts";
import type { RunOptions } from "./options.ts";
import { type PlannedTrial, planTrials } from "./plan.ts";
import { emptyRun, RunRecord } from "./record.ts";

/** One sitting of a run: all it takes to go on until its plan is done. */
export interface Session {
  readonly options: RunOptions;
  /** Every trial of the run, those that are measured already first. */
  readonly plan: readonly PlannedTrial[];
  readonly record: RunRecord;
  readonly folder: RunFolder;
  readonly cores: Cores;
  readonly probes: OutsideProbes;
}

/** The first sitting of a new run, whose folder is made in `parent`. */
export async function beginRun(options: RunOptions, parent: string): Promise<Session> {
  const { compared, plan } = await planOf(options);
  await checkLabs(options);
  const startedAt = new Date();
  const id = runId(startedAt, options.profile);
  const folder = await RunFolder.create(parent, id);
  const { cores, probes, environment } = await prepareMachine(options);
  const run = emptyRun({ id, startedAt, options, environment, compared });
  return { options, plan, record: new RunRecord(run, plan.length), folder, cores, probes };
}

const relayedReason = "the relay's own sockets and packets are in the same counts";
const databaseReason = "a network of the run's own would not lead to the database";

/** Sees to it that what the options name is there for the labs. Throws `CannotRun`. */
export async function checkLabs(options: RunOptions): Promise<void> {
  for (const lab of labsNamed(options.scenarios)) await lab.check?.(options);
}

/** Keeps the run apart from the rest of the machine, server and load from each other, and reads what there is to know. */
export async function prepareMachine({ network, database }: RunOptions): Promise<{
  readonly cores: Cores;
  readonly probes: OutsideProbes;
  readonly environment: Environment;
}> {
  const namespace =
    database === undefined ? enterNetworkNamespace() : ({ entered: false, reason: databaseReason } as const);
  const relayed = "link" in networks[network];
  const probes = await OutsideProbes.find(relayed ? { entered: false, reason: relayedReason } : namespace);
  const cores = separateCores();
  const environment = await readEnvironment(cores.description);
  return { cores, probes, environment: { ...environment, unavailable: probes.unavailable } };
}

/** The plan that the options alone decide. */
export async function planOf(options: RunOptions) {
  const servers = await Promise.all(
    options.servers.map(async (name) => [name, await loadServer(name)] as const),
  );
  const scenarios = scenariosNamed(options.scenarios);
  const compared = { servers, scenarios, labs: labsNamed(options.scenarios) };
  return { compared, plan: planTrials(compared, options) };
}
