/** `npm run demo -- [server]`: someone calls, the browser rings. The end of the talk, on one laptop. */
import { resolve } from "node:path";
import { InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { CannotRun, createCommand, runCommand, type Verdict } from "../cli/command.ts";
import { parseCount, parsePort } from "../cli/whole-numbers.ts";
import { isServerName, type ServerName, serverNames } from "../servers/index.ts";
import { environmentHelp } from "../servers/options.ts";
import { portIn, shownAddress } from "./hosts.ts";
import { perform } from "./perform.ts";
import { farewell, introduction } from "./programme.ts";
import { parsePublicUrl } from "./real-number.ts";
import { painter } from "./screen.ts";
import { type Endings, startDemo, toItsEnd } from "./start-demo.ts";

const defaultPort = 8080;
const defaultServer: ServerName = "ws";

function createDemoCommand() {
  return createCommand("npm run demo --", "Someone calls a number, and the browser rings.")
    .argument("[server]", `one of: ${serverNames.join(", ")}`, parseServerName, defaultServer)
    .option("--port <number>", "HTTP port; 0: any free one", parsePort, defaultPort)
    .option("--host <address>", "address to listen on; 0.0.0.0: for the audience's phones too", "127.0.0.1")
    .option("--calls <number>", "end after so many calls", parseCount)
    .addOption(new Option("--once", "the same as --calls 1").conflicts("calls"))
    .option("--data-folder <folder>", "keeps events and recordings (default: a folder removed at the end)")
    .option("--pace <number>", "what a second of a call lasts: 1 as in life, 0.1 a tenth", parsePace, 1)
    .option("--compare", "one server for each transport; every call goes to all of them")
    .option("--public-url <url>", "https://host where Twilio reaches this server: a real number is called")
    .addHelpText(
      "after",
      `
On a terminal: c places another call, r kills the server and starts it again, q ends.

Read from the environment, for most are secrets:
${environmentHelp()}

Exit code: 0 every step was seen, or q ended it; 1 one was missing; 2 it could not run;
130 Ctrl-C ended it.`,
    );
}

type Options = ReturnType<ReturnType<typeof createDemoCommand>["opts"]>;

await runCommand(async (interrupted): Promise<Verdict> => {
  const command = createDemoCommand().parse();
  const [name] = command.processedArgs;
  return toItsEnd(interrupted, (endings) => demonstrate(name, command.opts(), endings, interrupted));
});

async function demonstrate(
  name: ServerName,
  options: Options,
  endings: Endings,
  interrupted: AbortSignal,
): Promise<Verdict> {
  const { host, port, dataFolder, pace, once, compare = false, calls = once ? 1 : undefined } = options;
  const publicUrl = options.publicUrl === undefined ? undefined : parsePublicUrl(options.publicUrl);
  if (publicUrl !== undefined && compare) {
    const next = "leave one of them out: Twilio sends a call to one address";
    throw new CannotRun({ expected: "--public-url or --compare", got: "both", next });
  }
  const paint = painter(process.stdout.isTTY && !process.env.NO_COLOR);
  const print = (text: string) => console.log(text);
  const { session, servers } = await startDemo(
    {
      ...{ name, compare, host, port, pace },
      ...(dataFolder !== undefined && { dataFolder }),
      ...(publicUrl !== undefined && { publicUrl }),
    },
    { endings, interrupted, paint, print },
  );
  const [{ endpoints }] = servers;
  const address = shownAddress(host, portIn(endpoints.http));
  const hasKeys = process.stdin.isTTY;
  for (const line of introduction({ name, address, compare, hasKeys, publicUrl }, paint)) print(line);
  const ending = await perform({ session, servers, interrupted, ...(calls && { calls }) });
  const keptIn = dataFolder === undefined ? undefined : resolve(dataFolder);
  for (const line of farewell(ending, name, keptIn)) print(line);
  return ending === "missing" ? "no" : "done";
}

function parsePace(text: string): number {
  const pace = Number(text);
  if (text.trim() !== "" && pace >= 0 && pace <= 10) return pace;
  throw new InvalidArgumentError("expected a number from 0 to 10.");
}

function parseServerName(text: string): ServerName {
  if (!isServerName(text)) throw new InvalidArgumentError(`expected one of ${serverNames.join(", ")}.`);
  return text;
}
