import { InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { createCommand } from "../cli/command.ts";
import { parseCount } from "../cli/whole-numbers.ts";
import { isServerName, type ServerName, serverNames } from "../servers/index.ts";
import { parseDatabaseUrl } from "./database-url.ts";
import { labNames } from "./labs/index.ts";
import { networkNames } from "./network/networks.ts";
import { profileNames } from "./profiles.ts";
import { runsFolder } from "./run/folder.ts";
import { scenarioNames } from "./scenarios/index.ts";
import { arrivalKinds } from "./stats/poisson.ts";

const allNames: readonly string[] = [...scenarioNames, ...labNames];

/** Every option of `npm run bench`: its type, default and help. What they come to is recorded in the result. */
export function createBenchCommand() {
  return createCommand("npm run bench --", "Measures the servers and compares them.")
    .option(
      "--list",
      "show the servers, scenarios, labs, claims, profiles and networks, and measure nothing",
      false,
    )
    .option(
      "--profile <name>",
      `how much to measure: ${profileNames.join(", ")}`,
      oneOf(profileNames),
      "quick",
    )
    .addOption(
      new Option("--servers <names>", `some of: ${serverNames.join(", ")}`)
        .argParser(parseServers)
        .default(serverNames, "all"),
    )
    .option(
      "--scenarios <names>",
      `some of: ${allNames.join(", ")} (default: all; with --servers all but the labs, which compare arms of their own)`,
      parseScenarios,
    )
    .option(
      "--network <name>",
      `between load and server: ${networkNames.join(", ")}`,
      oneOf(networkNames),
      "loopback",
    )
    .option(
      "--connections <number>",
      "subscribers to ramp up to, in the connections scenario (default: the profile's)",
      parseCount,
    )
    .option("--blocks <number>", "repeats of every cell (default: the profile's)", parseCount)
    .option("--poll-ms <ms>", "interval of polling subscribers (default: the profile's)", parseCount)
    .option("--wait-seconds <s>", "how long a comet request is held", parseCount, 30)
    .option(
      "--arrivals <kind>",
      `how webhooks come: ${arrivalKinds.join(", ")}`,
      oneOf(arrivalKinds),
      "constant",
    )
    .option(
      "--database <url>",
      "a PostgreSQL that the lab waiting asks, such as postgres://user@host/name (default: an embedded one); its password is not recorded, and may stand in PGPASSWORD instead",
      parseDatabase,
    )
    .option(
      "--seed <number>",
      "decides the order of the trials, and the times of Poisson arrivals",
      parseCount,
      1,
    )
    .option("--out <folder>", "where the run's folder is made", runsFolder)
    .option("--resume <run>", "go on with an interrupted run, by its id or folder; its options are kept");
}

export type BenchOptions = ReturnType<ReturnType<typeof createBenchCommand>["opts"]>;

/** The command line: every option with its value, and which of them it names itself. */
export function parseBenchOptions(): {
  readonly options: BenchOptions;
  readonly named: ReadonlySet<keyof BenchOptions>;
} {
  const command = createBenchCommand().parse();
  const options = command.opts();
  const names = Object.keys(options) as (keyof BenchOptions)[];
  return { options, named: new Set(names.filter((name) => command.getOptionValueSource(name) === "cli")) };
}

function oneOf<Name extends string>(names: readonly Name[]): (text: string) => Name {
  return (text) => {
    const name = names.find((known) => known === text);
    if (name === undefined) throw new InvalidArgumentError(`expected one of ${names.join(", ")}.`);
    return name;
  };
}

function parseDatabase(text: string) {
  const parsed = parseDatabaseUrl(text);
  if (parsed === undefined)
    throw new InvalidArgumentError("expected a URL such as postgres://user@host:5432/name.");
  return parsed;
}

function parseServers(text: string): ServerName[] {
  const names = text.split(",");
  const unknown = names.find((name) => !isServerName(name));
  if (unknown !== undefined) throw new InvalidArgumentError(`there is no server "${unknown}".`);
  return serverNames.filter((name) => names.includes(name));
}

function parseScenarios(text: string): string[] {
  const names = text.split(",");
  const unknown = names.find((name) => !allNames.includes(name));
  if (unknown !== undefined) throw new InvalidArgumentError(`there is no scenario "${unknown}".`);
  return allNames.filter((name) => names.includes(name));
}
