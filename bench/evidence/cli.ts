import { access, constants, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { CannotRun, createCommand, runCommand, type Verdict } from "../../cli/command.ts";
import { projectFolder } from "../../cli/project.ts";
import { parseCount } from "../../cli/whole-numbers.ts";
import { separateCores } from "../environment/cores.ts";
import { readEnvironment } from "../environment/environment.ts";
import { profileNames } from "../profiles.ts";
import { evidencePages } from "./index.ts";
import type { EvidencePage, MadePage } from "./page.ts";

const command = createCommand(
  "npm run evidence --",
  "Measures why the instrument can be believed, and writes bench/evidence/<page>.md.",
)
  .argument("<page>", `one of: ${evidencePages.map(({ name }) => name).join(", ")}`, parsePage)
  .option("--repeats <number>", "how often a page that repeats does so", parseCount, 10)
  .addOption(
    new Option("--profile <name>", "of the runs, for a page that makes whole runs")
      .choices(profileNames)
      .default("quick" as const),
  )
  .addHelpText("after", `\n${evidencePages.map(({ name, summary }) => `${name}: ${summary}`).join("\n")}`)
  .addHelpText("after", "\nExit code: 0 all within tolerance, 1 something is outside, 2 it could not run.");

await runCommand(async (interrupted): Promise<Verdict> => {
  const [page] = command.parse().processedArgs;
  const folder = new URL("bench/evidence/", projectFolder);
  await mayWrite(folder);
  // What holds this process to a core holds every process that it starts to it.
  const cores = page.makesRuns
    ? { description: "each run keeps server and load apart by itself" }
    : separateCores();
  const environment = await readEnvironment(cores.description);
  const { repeats, profile } = command.opts();
  const tell = (what: string) => console.error(what);
  const made = await makeUnless(interrupted, () =>
    page.make({ cores, environment, repeats, profile, interrupted, tell }),
  );
  const file = new URL(`${page.name}.md`, folder);
  await writeFile(file, `${[`# ${made.title}`, ...made.blocks].join("\n\n")}\n`);
  console.log(`${made.holds ? "within" : "OUTSIDE"} tolerance; the page is ${fileURLToPath(file)}`);
  return made.holds ? "done" : "no";
});

/** Before minutes of measuring, not after them. */
async function mayWrite(folder: URL): Promise<void> {
  try {
    await access(folder, constants.W_OK);
  } catch (cause) {
    const got = cause instanceof Error ? cause.message : String(cause);
    const next = "run it in a checkout that is yours to write";
    throw new CannotRun({ expected: `to write into ${fileURLToPath(folder)}`, got, next }, { cause });
  }
}

/** An interruption ends every process, and whatever waits for one says that, not why. */
async function makeUnless(interrupted: AbortSignal, make: () => Promise<MadePage>): Promise<MadePage> {
  try {
    return await make();
  } catch (error) {
    if (!interrupted.aborted) throw error;
    throw new CannotRun(
      {
        expected: "to measure all that the page shows",
        got: `${interrupted.reason.message}; every process is ended, the page is as it was`,
        next: "run it again",
      },
      { cause: error },
    );
  }
}

function parsePage(text: string): EvidencePage {
  const page = evidencePages.find(({ name }) => name === text);
  if (page === undefined) throw new InvalidArgumentError(`there is no page "${text}".`);
  return page;
}
