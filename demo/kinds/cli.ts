/** `npm run kinds -- [push|pipes|plugins]`: the talk's three kinds of webhooks, each played step by step. */
import { Argument, InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { createCommand, runCommand, type Verdict } from "../../cli/command.ts";
import { type ServerName, serverNames } from "../../servers/index.ts";
import { painter } from "../screen.ts";
import { pipes } from "./pipes.ts";
import { plugins } from "./plugins.ts";
import { push } from "./push.ts";
import { playKind } from "./scene.ts";

const kinds = [push, pipes, plugins];
const defaultServer: ServerName = "ws";

function createKindsCommand() {
  return createCommand("npm run kinds --", "The talk's three kinds of webhooks, each played step by step.")
    .addArgument(
      new Argument("[kind]", "without it, all one after the other").choices(["push", "pipes", "plugins"]),
    )
    .addOption(
      new Option("--server <name>", "which server takes the webhooks")
        .choices(serverNames)
        .default(defaultServer),
    )
    .option("--pace <number>", "what a second of waiting lasts: 1 as in life, 0.1 a tenth", parsePace, 1)
    .addHelpText("after", "\nExit code: 0 every step was seen, 1 one was missing, 2 it could not run.");
}

await runCommand(async (interrupted): Promise<Verdict> => {
  const command = createKindsCommand().parse();
  const [chosen] = command.processedArgs;
  const { server: serverName, pace } = command.opts();
  const staging = {
    serverName,
    pace,
    signal: interrupted,
    paint: painter(process.stdout.isTTY && !process.env.NO_COLOR),
    print: (text: string) => console.log(text),
  };
  let verdict: Verdict = "done";
  try {
    for (const kind of kinds.filter(({ name }) => chosen === undefined || name === chosen))
      if ((await playKind(kind, staging)) === "no") verdict = "no";
  } catch (error) {
    // The exit code says that it was interrupted; what came of that is no news.
    if (interrupted.aborted) return "done";
    throw error;
  }
  console.log(verdict === "done" ? "\n  Every step was seen." : "\n  Not every step was seen.");
  return verdict;
});

function parsePace(text: string): number {
  const pace = Number(text);
  if (pace >= 0.05 && pace <= 10) return pace;
  throw new InvalidArgumentError("expected a number from 0.05 to 10.");
}
