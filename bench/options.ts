import { InvalidArgumentError } from "@commander-js/extra-typings";
import { createCommand } from "../cli/command.ts";
import { isServerName, type ServerName, serverNames } from "../servers/index.ts";
import { profileNames, profiles } from "./profiles.ts";
import { runsFolder } from "./run-folder.ts";
import { scenarios } from "./scenarios/index.ts";
import { arrivalKinds, type Scenario } from "./scenarios/scenario.ts";

const scenarioNames = scenarios.map(({ name }) => name);

/** Every option of `npm run bench`: its type, default and help. What they come to is recorded in the result. */
export function createBenchCommand() {
  return createCommand("npm run bench --", "Measures the servers and compares them.")
    .option("--list", "show the servers, scenarios and profiles, and measure nothing", false)
    .option("--profile <name>", `how much to measure: ${profileNames.join(", ")}`, parseProfile, "quick")
    .option("--servers <names>", `some of: ${serverNames.join(", ")}`, parseServers, serverNames)
    .option("--scenarios <names>", `some of: ${scenarioNames.join(", ")}`, parseScenarios, scenarioNames)
    .option("--connections <number>", "subscribers to ramp up to, in the connections scenario", parseCount)
    .option("--blocks <number>", "repeats of every cell", parseCount)
    .option("--poll-ms <ms>", "interval of polling subscribers", parseCount, 1_000)
    .option("--wait-seconds <s>", "how long a comet request is held", parseCount, 30)
    .option("--arrivals <kind>", `how webhooks come: ${arrivalKinds.join(", ")}`, parseArrivals, "constant")
    .option(
      "--seed <number>",
      "decides the order of the trials, and the times of Poisson arrivals",
      parseCount,
      1,
    )
    .option("--out <folder>", "where the run's folder is made", runsFolder);
}

export type BenchOptions = ReturnType<ReturnType<typeof createBenchCommand>["opts"]>;

export function scenariosNamed(names: readonly string[]): readonly Scenario[] {
  return scenarios.filter(({ name }) => names.includes(name));
}

function parseProfile(text: string) {
  const name = profileNames.find((known) => known === text);
  if (name === undefined)
    throw new InvalidArgumentError(`expected one of ${Object.keys(profiles).join(", ")}.`);
  return name;
}

function parseArrivals(text: string) {
  const kind = arrivalKinds.find((known) => known === text);
  if (kind === undefined) throw new InvalidArgumentError(`expected one of ${arrivalKinds.join(", ")}.`);
  return kind;
}

function parseServers(text: string): ServerName[] {
  const names = text.split(",");
  const unknown = names.find((name) => !isServerName(name));
  if (unknown !== undefined) throw new InvalidArgumentError(`there is no server "${unknown}".`);
  return serverNames.filter((name) => names.includes(name));
}

function parseScenarios(text: string): string[] {
  const names = text.split(",");
  const unknown = names.find((name) => !scenarioNames.includes(name));
  if (unknown !== undefined) throw new InvalidArgumentError(`there is no scenario "${unknown}".`);
  return scenarioNames.filter((name) => names.includes(name));
}

function parseCount(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1)
    throw new InvalidArgumentError("expected a whole number from 1 up.");
  return value;
}
