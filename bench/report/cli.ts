import { CannotRun, createCommand, runCommand, type Verdict } from "../../cli/command.ts";
import { findRun } from "./find-run.ts";
import { presentRun } from "./present.ts";
import { readRun } from "./read-run.ts";
import { keepAsReference } from "./reference.ts";

const results = "results";
const which = "id of a run in results/runs, latest, reference, or a folder with a run.json";

const command = createCommand(
  "npm run report --",
  "Builds the charts, the page and the summary of a run again, from its run.json alone. Of two runs: compares the second " +
    "with the first.",
)
  .argument("[run]", `${which} (default: latest)`)
  .argument("[other]", "another one, to be compared with it")
  .option("--as-reference", "make the run the one in results/reference, which is committed");

await runCommand(async (): Promise<Verdict> => {
  const [one, other] = command.parse().processedArgs;
  const { asReference = false } = command.opts();
  if (asReference && other !== undefined) {
    throw new CannotRun({
      expected: "one run to become the reference",
      got: `${one} and ${other}`,
      next: "leave out --as-reference to compare the two, or name one of them",
    });
  }
  const folder = await findRun(results, one);
  const run = await readRun(folder);
  if (other !== undefined) {
    const { presentComparison } = await import("./comparison/present.ts");
    await presentComparison(run, await readRun(await findRun(results, other)), results);
  } else if (asReference) await keepAsReference(run, folder, results);
  else await presentRun(run, folder);
  return "done";
});
