import type { DrawnChart } from "../charts/chart.ts";
import type { Run } from "../result.ts";

/** Stands above the table of verdicts, which it is a picture of. */
const boardName = "verdict-board";

/** Where the charts of a report stand: each once, in full, and as a link wherever else it bears on something. */
export interface ChartPlaces {
  readonly ofVerdicts: readonly DrawnChart[];
  /** Of neither a claim nor a scenario that the report has. */
  readonly ofServers: readonly DrawnChart[];
  /** By name of the claim. */
  readonly ofClaim: ReadonlyMap<string, PlacedCharts>;
  /** By name of the scenario. */
  readonly ofScenario: ReadonlyMap<string, PlacedCharts>;
}

export interface PlacedCharts {
  /** Drawn here. */
  readonly here: readonly DrawnChart[];
  /** Bear on it too, and are drawn elsewhere. */
  readonly elsewhere: readonly DrawnChart[];
}

/** `claims`: the names of those that the report has a section of. */
export function chartPlaces(run: Run, claims: readonly string[], charts: readonly DrawnChart[]): ChartPlaces {
  const scenarios = run.scenarios.map(({ name }) => name);
  const homes = charts.map((chart) => ({ chart, home: homeOf(chart, claims, scenarios) }));
  const at = (home: string) => homes.filter((each) => each.home === home).map(({ chart }) => chart);
  const placed = (home: string, bearsOn: (chart: DrawnChart) => boolean): PlacedCharts => ({
    here: at(home),
    elsewhere: homes
      .filter(({ chart, home: other }) => other !== home && other !== "verdicts" && bearsOn(chart))
      .map(({ chart }) => chart),
  });
  return {
    ofVerdicts: at("verdicts"),
    ofServers: at("servers"),
    ofClaim: new Map(
      claims.map((name) => [name, placed(`claim ${name}`, (chart) => chart.claims.includes(name))]),
    ),
    ofScenario: new Map(
      scenarios.map((name) => [name, placed(`scenario ${name}`, (chart) => chart.scenario === name)]),
    ),
  };
}

/** The claim that it shows best of those there are; a chart of no claim stands with its scenario. */
function homeOf(chart: DrawnChart, claims: readonly string[], scenarios: readonly string[]): string {
  if (chart.name === boardName) return "verdicts";
  const claim = chart.claims.find((name) => claims.includes(name));
  if (claim !== undefined) return `claim ${claim}`;
  return scenarios.includes(chart.scenario) ? `scenario ${chart.scenario}` : "servers";
}
