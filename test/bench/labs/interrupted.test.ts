import { expect, it } from "vitest";
import { labs } from "../../../bench/labs/index.ts";
import { runLabTrial } from "../../../bench/labs/run-lab-trial.ts";
import { smokeOptions, smokeOrder } from "./smoke-trial.ts";

/** Two cores, any; the run is interrupted as soon as so many processes were given one. */
function coresUntil(processes: number, interrupt: () => void) {
  let placed = 0;
  const place = () => {
    placed++;
    if (placed === processes) setImmediate(interrupt);
    return undefined;
  };
  return {
    description: "",
    get server() {
      return place();
    },
    get load() {
      return place();
    },
  };
}

// A promise that nobody waits for any more, and that rejects, would end the whole run: Vitest fails for it, too.
it.each(labs.map((lab) => [lab.name, lab] as const))(
  "the lab %s ends at once, whatever is under way",
  async (_name, lab) => {
    const options = smokeOptions();
    const [cell] = lab.cells(options);
    if (cell === undefined) throw new Error("expected a lab with cells, got none");
    for (const processes of [1, 2, 3, 4, 5]) {
      const interrupt = new AbortController();
      const cores = coresUntil(processes, () => interrupt.abort());
      const order = { ...(await smokeOrder(options)), cores, signal: interrupt.signal };
      const outcome = await runLabTrial(lab, cell, order);
      if (!interrupt.signal.aborted) return;
      expect(outcome).toEqual({ state: "failed", phase: "measure", message: "the trial was ended" });
    }
  },
);
