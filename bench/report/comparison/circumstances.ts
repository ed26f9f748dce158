import type { CoreSpeed, Run, ScenarioInfo } from "../../result.ts";
import { median } from "../../stats/median.ts";
import { calibratedText } from "../calibration.ts";
import { coreSpeedText } from "../core-speed.ts";
import { environmentFacts, type Fact, optionFacts } from "../facts.ts";
import { formatDuration, formatMoment } from "../format.ts";

/** Under what two runs were made. */
export interface Circumstances {
  /** What differs, machine first; then when each was made and how quick its cores were, which always differ. */
  readonly differ: readonly Circumstance[];
  /** Names of what does not. */
  readonly alike: readonly string[];
  /** Whether processor, cores, memory and platform are the same: nothing tells two such machines apart. */
  readonly sameMachine: boolean;
  /** Whether the compiled code is. */
  readonly sameBuild: boolean;
  /** Whether network, options and conditions are, the seed aside, which only decides the order. */
  readonly sameConditions: boolean;
  /** How many times as quick each core was in B, by the medians over the trials; undefined without a trial. */
  readonly speed: Readonly<Record<keyof CoreSpeed, number | undefined>>;
}

export interface Circumstance {
  readonly name: string;
  readonly a: string;
  readonly b: string;
}

/** Differs from run to run whatever one does: of these only the figures are of interest. */
const alwaysOther = [
  "speed of the server's core during the run",
  "speed of the load's core during the run",
  "smallest step of the clock",
  "load average before",
];
const ofMachine = ["CPU", "cores", "memory", "platform"];
/** Told package by package. */
const packages = "packages";
/** Hash of the code: told by `sameBuild` too. */
const build = "build";

const absent = "none";
/** Of a list, or of conditions, that the other has all of. */
const nothingElse = "nothing else";

export function circumstancesOf(a: Run, b: Run): Circumstances {
  const environment = paired(environmentFacts(a), environmentFacts(b)).filter(
    ({ name }) => !alwaysOther.includes(name) && name !== packages,
  );
  const software = paired(packageFacts(a), packageFacts(b));
  const told = [
    ...paired(optionFacts(a), optionFacts(b)).map(listFact(a, b)),
    ...conditionFacts(a.scenarios, b.scenarios),
  ];
  const all = [...environment, ...software, ...told, ...paired(qualityFacts(a), qualityFacts(b))];
  const isAlike = ({ a: one, b: other }: Circumstance) => one === other;
  const areAlike = (facts: readonly Circumstance[], names: readonly string[]) =>
    facts.filter(({ name }) => names.includes(name)).every(isAlike);
  return {
    differ: [...all.filter((fact) => !isAlike(fact)), ...paired(momentFacts(a), momentFacts(b))],
    alike: all.filter(isAlike).map(({ name }) => name),
    sameMachine: areAlike(environment, ofMachine),
    sameBuild: areAlike(environment, [build]),
    sameConditions:
      areAlike(environment, ["network"]) && told.filter(({ name }) => name !== "seed").every(isAlike),
    speed: { server: speedRatio(a, b, "server"), load: speedRatio(a, b, "load") },
  };
}

/** By name, in the order of the second run, then what the first has alone. */
function paired(a: readonly Fact[], b: readonly Fact[]): Circumstance[] {
  const names = new Set([...b, ...a].map(({ name }) => name));
  const valueIn = (facts: readonly Fact[], wanted: string) =>
    facts.find(({ name }) => name === wanted)?.value ?? absent;
  return [...names].map((name) => ({ name, a: valueIn(a, name), b: valueIn(b, name) }));
}

function packageFacts({ environment }: Run): Fact[] {
  return Object.entries(environment.packages).map(([name, value]) => ({ name, value }));
}

/** Of an option that is a list: what the other does not have too. */
function listFact(a: Run, b: Run): (fact: Circumstance) => Circumstance {
  return (fact) => {
    const [listA, listB] = [a.options[fact.name], b.options[fact.name]];
    if (typeof listA !== "object" || typeof listB !== "object") return fact;
    return { name: fact.name, ...besides(listA.map(String), listB.map(String), ", ") };
  };
}

/** What each has that the other has not. */
function besides(
  listA: readonly string[],
  listB: readonly string[],
  between: string,
): Pick<Circumstance, "a" | "b"> {
  const only = (these: readonly string[], those: readonly string[]) =>
    these.filter((item) => !those.includes(item)).join(between) || nothingElse;
  return { a: only(listA, listB), b: only(listB, listA) };
}

/** Of scenarios that both have: the sentences that the other does not say too. */
function conditionFacts(a: readonly ScenarioInfo[], b: readonly ScenarioInfo[]): Circumstance[] {
  return b.flatMap(({ name, conditions }) => {
    const before = a.find((scenario) => scenario.name === name)?.conditions;
    if (before === undefined) return [];
    return [{ name: `conditions of ${name}`, ...besides(before, conditions, " ") }];
  });
}

function qualityFacts(run: Run): Fact[] {
  return [
    { name: "every trial of the plan was run", value: run.complete ? "yes" : "no" },
    { name: "calibration", value: calibratedText(run) === undefined ? "not passed" : "passed" },
    { name: "sittings", value: String(new Set(run.trials.map(({ sitting }) => sitting)).size) },
  ];
}

function momentFacts(run: Run): Fact[] {
  const speedOf = (core: keyof CoreSpeed) => coreSpeedText(run, core) ?? "no trial was run";
  return [
    { name: "begun", value: formatMoment(run.startedAt) },
    { name: "took", value: formatDuration(run.durationMs) },
    { name: "load average before", value: run.environment.loadAverage.toFixed(2) },
    { name: "speed of the server's core", value: speedOf("server") },
    { name: "speed of the load's core", value: speedOf("load") },
  ];
}

function speedRatio(a: Run, b: Run, core: keyof CoreSpeed): number | undefined {
  const [from, to] = [a, b].map(({ trials }) => median(trials.map(({ coreSpeed }) => coreSpeed[core])));
  return from === undefined || to === undefined ? undefined : to / from;
}
