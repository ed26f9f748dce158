import { networks } from "../network/networks.ts";
import {
  type Calibration,
  type Environment,
  type Network,
  type Run,
  schemaVersion,
  type Trial,
} from "../result.ts";
import type { RunOptions } from "./options.ts";
import type { Compared } from "./plan.ts";

/** What is known of a run before anything of it is measured. */
export interface RunStart {
  readonly id: string;
  readonly startedAt: Date;
  readonly options: RunOptions;
  readonly environment: Environment;
  readonly compared: Compared;
}

/** A run while it grows. */
export class RunRecord {
  readonly #before: Run;
  readonly #planned: number;
  readonly #calibrations: Calibration[];
  readonly #trials: Trial[];
  readonly #sittingStartedMs = performance.now();

  /** Goes on with a run of which `planned` trials are to be there in the end. */
  constructor(before: Run, planned: number) {
    this.#before = before;
    this.#planned = planned;
    this.#calibrations = [...before.calibrations];
    this.#trials = [...before.trials];
  }

  /** Trials that are there by now. */
  get measured(): number {
    return this.#trials.length;
  }

  /** Adds a trial of this sitting, each of which begins with a calibration. */
  add(trial: Omit<Trial, "sitting">): void {
    this.#trials.push({ ...trial, sitting: this.#calibrations.length });
  }

  calibrated(calibration: Calibration): void {
    this.#calibrations.push(calibration);
  }

  /** The run as it is now; later trials do not change it. */
  run(): Run {
    return {
      ...this.#before,
      durationMs: this.#before.durationMs + performance.now() - this.#sittingStartedMs,
      complete: this.#trials.length === this.#planned,
      calibrations: [...this.#calibrations],
      trials: [...this.#trials],
    };
  }
}

/** A run of which nothing is measured yet. */
export function emptyRun({ id, startedAt, options, environment, compared }: RunStart): Run {
  const { servers, scenarios, labs } = compared;
  return {
    schemaVersion,
    id,
    startedAt: startedAt.toISOString(),
    durationMs: 0,
    complete: false,
    options,
    seed: options.seed,
    network: networkOf(options),
    environment,
    calibrations: [],
    servers: servers.map(([name, { ioModel, transport, summary }]) => ({
      name,
      ioModel,
      transport,
      summary,
    })),
    scenarios: [
      ...scenarios.map(({ name, question, columns, costs, saturates, conditions }) => {
        const told = conditions(options, options, options.arrivals);
        return { name, question, columns, costs, saturates, conditions: told };
      }),
      ...labs.map(({ name, question, columns, arms, conditions }) => {
        const told = conditions(options);
        return { name, question, columns, costs: [], saturates: false, conditions: told, arms };
      }),
    ],
    trials: [],
  };
}

function networkOf({ network: name }: RunOptions): Network {
  const network = networks[name];
  return "link" in network ? { name, ...network.link } : { name, roundTripMs: 0 };
}
