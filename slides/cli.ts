/** `npm run slides`: the talk, filled from a run, shown with the demo in it, or built, printed, recorded. */
import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Option } from "@commander-js/extra-typings";
import { readRun } from "../bench/report/read-run.ts";
import type { Run } from "../bench/result.ts";
import { launchChromium } from "../cli/chromium.ts";
import { createCommand, runCommand, type Verdict } from "../cli/command.ts";
import { projectFolder } from "../cli/project.ts";
import { parsePort } from "../cli/whole-numbers.ts";
import { perform } from "../demo/perform.ts";
import { painter } from "../demo/screen.ts";
import { type Endings, type RunningDemo, startDemo, toItsEnd } from "../demo/start-demo.ts";
import { buildDeck } from "./build/build-deck.ts";
import { chooseRun } from "./choose-run.ts";
import { DeckServer } from "./deck-server.ts";
import { recordPictures } from "./live/record.ts";
import { printPdf } from "./print-pdf.ts";

const builtFolder = fileURLToPath(new URL("slides/built/", projectFolder));

/** A tenth of what speaking takes in life: nobody looks on. */
const recordingPace = 0.1;

function createSlidesCommand() {
  return createCommand("npm run slides --", "Shows the talk, filled from a run, with the demo live in it.")
    .argument("[run]", "id of a run in results/runs, or its folder (default: results/latest, else reference)")
    .option("--port <number>", "port of the deck; 0: any free one", parsePort, 0)
    .addOption(
      new Option(
        "--build [folder]",
        "writes the deck as a folder that opens from disk (default: slides/built)",
      )
        .conflicts(["pdf", "record"])
        .preset(builtFolder),
    )
    .addOption(
      new Option("--pdf [file]", "prints the deck with Chromium (default: slides/built/slides.pdf)")
        .conflicts(["record"])
        .preset(join(builtFolder, "slides.pdf")),
    )
    .option("--record", "takes the pictures that stand for the live pages, with Chromium")
    .addHelpText(
      "after",
      `
On a terminal, while the talk is shown: c places another call, r kills the server and starts it again,
q ends.

Exit code: 0 done, or q ended it; 1 a slide does not fit its page of the PDF; 2 it could not run;
130 Ctrl-C ended it.`,
    );
}

await runCommand(async (interrupted): Promise<Verdict> => {
  const command = createSlidesCommand().parse();
  const [named] = command.processedArgs;
  const { port, build, pdf, record } = command.opts();
  if (record) return toItsEnd(interrupted, (endings) => takePictures(endings, interrupted));
  const run = await chosenRun(named);
  if (typeof build === "string") return buildInto(run, resolve(build));
  if (typeof pdf === "string") return toItsEnd(interrupted, (endings) => print(run, resolve(pdf), endings));
  return toItsEnd(interrupted, (endings) => show(run, port, endings, interrupted));
});

async function chosenRun(named: string | undefined): Promise<Run> {
  const { folder, because } = await chooseRun("results", named);
  console.log(`Filled from ${folder} (${because})`);
  return readRun(folder);
}

async function buildInto(run: Run, folder: string): Promise<Verdict> {
  await buildDeck(run, folder, {});
  console.log(`Next: open ${shown(join(folder, "index.html"))} in a browser; s shows the notes.`);
  return "done";
}

async function print(run: Run, file: string, endings: Endings): Promise<Verdict> {
  // First what may not be there.
  const browser = await launchChromium();
  endings.push(() => browser.close());
  const folder = await temporaryFolder(endings);
  await buildDeck(run, folder, {});
  const { slides, pages } = await printPdf(browser, folder, file);
  console.log(`Printed ${slides} slides on ${pages} pages: ${shown(file)}`);
  if (slides === pages) return "done";
  console.log("A slide does not fit its page. Next: look for it in the file, and shorten it.");
  return "no";
}

async function show(run: Run, port: number, endings: Endings, interrupted: AbortSignal): Promise<Verdict> {
  const deck = await DeckServer.listen(port);
  endings.push(() => deck.close());
  const folder = await temporaryFolder(endings);
  const demo = await begin(endings, interrupted, { pace: 1, framingOrigins: deck.origins });
  const { session, servers } = demo;
  const [{ endpoints }] = servers;
  const live = { dashboard: `${endpoints.http}/`, compare: `${endpoints.http}/compare` };
  await buildDeck(run, folder, live);
  deck.show({ folder, framed: Object.values(live), placeCall: () => void placeCall(demo, interrupted) });
  console.log(`\n  The talk     ${deck.address}/   (s shows the notes, ? all keys)`);
  console.log(`  The demo     ${live.dashboard}`);
  console.log(`  Side by side ${live.compare}`);
  console.log(
    `  ${process.stdin.isTTY ? "Keys         c call   r kill and restart the server   q quit" : "Ctrl-C stops it."}`,
  );
  await perform({ session, servers, interrupted });
  return "done";
}

async function placeCall({ session }: RunningDemo, interrupted: AbortSignal): Promise<void> {
  try {
    await session.seeCalls(1);
  } catch (error) {
    if (!interrupted.aborted) console.error(error);
  }
}

async function takePictures(endings: Endings, interrupted: AbortSignal): Promise<Verdict> {
  const browser = await launchChromium();
  endings.push(() => browser.close());
  const demo = await begin(endings, interrupted, { pace: recordingPace });
  for (const file of await recordPictures(browser, demo)) console.log(`Picture   ${shown(file)}`);
  return "done";
}

/** One server for each transport: the first has the dashboard, and the page that compares it with the others. */
function begin(
  endings: Endings,
  interrupted: AbortSignal,
  wishes: { readonly pace: number; readonly framingOrigins?: readonly string[] },
): Promise<RunningDemo> {
  return startDemo(
    { name: "ws", compare: true, host: "127.0.0.1", port: 0, ...wishes },
    {
      endings,
      interrupted,
      paint: painter(process.stdout.isTTY && !process.env.NO_COLOR),
      print: (text) => console.log(text),
    },
  );
}

async function temporaryFolder(endings: Endings): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "evented-web-slides-"));
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  endings.push(remove);
  // Where a second Ctrl-C leaves no time for endings.
  process.on("exit", remove);
  return folder;
}

/** As short as it gets from where the command was called. */
function shown(file: string): string {
  return relative(process.cwd(), file);
}
