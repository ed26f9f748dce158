import type { Outcome } from "../result.ts";
import { isGeneratorBound } from "../trial/load-use.ts";
import { encodedHistograms, present } from "../trial/outcome.ts";
import { LabBench, type LabBenchOrder } from "./bench.ts";
import type { Lab, LabCell, LabReading } from "./lab.ts";

/** A trial that takes so many times what was expected hangs, and `slackMs` more: machines differ. */
const patience = 4;
const slackMs = 30_000;

/** Runs one trial of a lab. A trial that fails is a result too: it says why. */
export async function runLabTrial(lab: Lab, cell: LabCell, order: LabBenchOrder): Promise<Outcome> {
  const limitMs = patience * lab.expectedMs(cell, order.options) + slackMs;
  const timeUp = AbortSignal.timeout(limitMs);
  const bench = new LabBench({ ...order, signal: AbortSignal.any([order.signal, timeUp]) });
  const measured = await Promise.race([lab.measure(cell, bench), bench.casualty]).then(
    outcomeOf,
    (error): Outcome => {
      const said = messageOf(error);
      const message = timeUp.aborted
        ? `expected the trial to end within ${limitMs / 1_000} s; ${said}`
        : said;
      return { state: "failed", phase: "measure", message };
    },
  );
  try {
    await bench.end();
    return measured;
  } catch (error) {
    if (measured.state === "failed") return measured;
    return { state: "failed", phase: "stop", message: messageOf(error) };
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

const noErrors = { connect: 0, ended: 0, publish: 0, missing: 0, repeated: 0, dropped: 0 };

function outcomeOf(reading: LabReading): Outcome {
  if ("exempt" in reading) return { state: "exempt", reason: reading.exempt };
  const { figures, notes = [], distributions = {}, errors = {}, load = [], sending, relayLateness } = reading;
  return {
    state: "completed",
    figures: present(figures),
    histograms: encodedHistograms(distributions),
    errors: { ...noErrors, ...errors },
    load,
    ...(sending === undefined ? {} : { sending }),
    generatorBound: isGeneratorBound(load),
    ...(relayLateness === undefined ? {} : { relayLateness }),
    notes,
  };
}
