import { z } from "zod";
import { CannotRun } from "../../cli/command.ts";
import { serverNames } from "../../servers/index.ts";
import { withDefaults } from "../../servers/options.ts";
import { labNames } from "../labs/index.ts";
import waiting from "../labs/waiting/lab.ts";
import { networkNames } from "../network/networks.ts";
import type { BenchOptions } from "../options.ts";
import { type Profile, profileNames, profileShape, profiles } from "../profiles.ts";
import type { Run } from "../result.ts";
import { scenarios as allScenarios, scenarioNames } from "../scenarios/index.ts";
import { arrivalKinds } from "../stats/poisson.ts";

const count = z.int().positive();

/** The options of the servers that decide what is measured; ports and secrets do not. */
const serverOptionsShape = z.object({
  workers: count,
  queueLength: count,
  historyEvents: count,
  heartbeatMs: count,
});

const shape = z.strictObject({
  profile: z.enum(profileNames),
  servers: z.array(z.enum(serverNames)).readonly(),
  scenarios: z.array(z.enum([...scenarioNames, ...labNames])).readonly(),
  network: z.enum(networkNames),
  arrivals: z.enum(arrivalKinds),
  seed: count,
  /** How long a comet request is held. */
  waitSeconds: count,
  /** The PostgreSQL that labs ask, as a URL without its password; absent: an embedded one. */
  database: z.string().optional(),
  ...profileShape.shape,
  ...serverOptionsShape.shape,
});

/**
 * All that decides what a run measures: what the command was told, the values of the profile and those of the
 * servers. `run.options` holds exactly this, so that the plan can be made again from a run alone.
 */
export type RunOptions = Readonly<z.infer<typeof shape>>;

/** What the command line comes to; what it says stands above its profile. */
export function runOptionsOf(said: BenchOptions): RunOptions {
  const { profile: name, servers, network, arrivals, seed, waitSeconds } = said;
  const profile: Profile = profiles[name];
  const pointless = allScenarios.filter(({ points }) => points(profile).length === 0).map(({ name }) => name);
  const pointed = scenarioNames.filter((scenario) => !pointless.includes(scenario));
  // Labs compare arms of their own: whoever names servers did not mean them.
  const measured = servers.length < serverNames.length ? pointed : [...pointed, ...labNames];
  const scenarios = said.scenarios ?? measured;
  const refused = scenarios.filter((scenario) => pointless.includes(scenario));
  if (refused.length > 0) {
    throw new CannotRun({
      expected: `scenarios that the profile ${name} has time for`,
      got: refused.join(", "),
      next: "add --profile standard, which has it, or leave it out",
    });
  }
  if (said.database !== undefined && !scenarios.includes(waiting.name)) {
    throw new CannotRun({
      expected: `the lab ${waiting.name} among the scenarios, which alone asks the database of --database`,
      got: scenarios.join(", "),
      next: "add it to --scenarios, or leave out --database",
    });
  }
  return shape.parse({
    profile: name,
    servers,
    scenarios,
    network,
    arrivals,
    seed,
    waitSeconds,
    ...(said.database === undefined ? {} : { database: said.database.url }),
    ...profile,
    blocks: said.blocks ?? profile.blocks,
    connections: said.connections === undefined ? profile.connections : [said.connections],
    pollMs: said.pollMs ?? profile.pollMs,
    ...serverOptionsShape.parse(withDefaults()),
  });
}

/** The options that a run was made with. Throws `CannotRun` when they are not all there. */
export function readRunOptions(run: Run): RunOptions {
  const { data, error } = shape.safeParse(run.options);
  if (data !== undefined) return data;
  const [issue] = error.issues;
  throw new CannotRun({
    expected: `the options of run ${run.id} to be those that this version records`,
    got: `${["options", ...(issue?.path ?? [])].join(".")}: ${issue?.message}`,
    next: "use the version of this project that made the run, or make a new one with `npm run bench`",
  });
}

/** Those of the servers among the options. */
export function serverOptionsOf(options: RunOptions): z.infer<typeof serverOptionsShape> {
  return serverOptionsShape.parse(options);
}
