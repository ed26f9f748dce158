/** `npm run serve -- <server>`: one server for people to look at, until Ctrl-C. */
import { InvalidArgumentError } from "@commander-js/extra-typings";
import { abortOf, CannotRun, createCommand, runCommand, type Verdict } from "../cli/command.ts";
import { parseCount, parsePort, parseWhole } from "../cli/whole-numbers.ts";
import { checkOptions } from "./check-options.ts";
import type { ServerOptions } from "./contract.ts";
import { isServerName, loadServer, type ServerName, serverNames } from "./index.ts";
import { environmentHelp, optionsFrom, serverOptionTable, withDefaults } from "./options.ts";
import { startAdvice } from "./start-advice.ts";

const defaultPort = 8080;

function createServeCommand() {
  const {
    host,
    tcpPort,
    dataFolder,
    publicUrl,
    allowedOrigins,
    webhooksPerSecond,
    historyEvents,
    requestTimeoutMs,
    heartbeatMs,
    workers,
    queueLength,
  } = serverOptionTable;
  return createCommand("npm run serve --", "Runs one server until Ctrl-C.")
    .argument("<server>", `one of: ${serverNames.join(", ")}`, parseServerName)
    .option("--host <address>", host.help, host.default)
    .option("--port <number>", "HTTP port; 0: any free one", parsePort, defaultPort)
    .option("--tcp-port <number>", tcpPort.help, parsePort, tcpPort.default)
    .option("--data-folder <folder>", dataFolder.help, dataFolder.default)
    .option("--public-url <url>", publicUrl.help, publicUrl.default)
    .option("--allowed-origins <origins...>", allowedOrigins.help, [...allowedOrigins.default])
    .option("--webhooks-per-second <number>", webhooksPerSecond.help, parseWhole, webhooksPerSecond.default)
    .option("--history-events <number>", historyEvents.help, parseCount, historyEvents.default)
    .option("--request-timeout-ms <ms>", requestTimeoutMs.help, parseCount, requestTimeoutMs.default)
    .option("--heartbeat-ms <ms>", heartbeatMs.help, parseCount, heartbeatMs.default)
    .option("--workers <number>", workers.help, parseCount, workers.default)
    .option("--queue-length <number>", queueLength.help, parseWhole, queueLength.default)
    .addHelpText("after", `\nRead from the environment, for most are secrets:\n${environmentHelp()}`);
}

await runCommand(async (interrupted): Promise<Verdict> => {
  const command = createServeCommand().parse();
  const [name] = command.processedArgs;
  const server = await loadServer(name);
  const options = checkedOptions({ ...optionsFrom(process.env), ...command.opts() });
  const running = await server.start(options).catch((cause: unknown) => {
    const got = cause instanceof Error ? cause.message : String(cause);
    throw new CannotRun({ expected: `to start ${name}`, got, next: startAdvice(got) }, { cause });
  });
  const { http, tcp } = running.endpoints;
  console.log(`${name} (${server.ioModel}) listens on ${http}${tcp === undefined ? "" : ` and ${tcp}`}`);
  console.log("send it a webhook:");
  console.log(`  curl -H 'Content-Type: application/json' -d '{"hello":"world"}' ${http}/hooks/test`);
  console.log("Ctrl-C stops it.");
  await abortOf(interrupted);
  await running.close();
  console.log(`${name} is closed; every subscription was told.`);
  return "done";
});

function checkedOptions(given: Partial<ServerOptions>): ServerOptions {
  try {
    return checkOptions(withDefaults(given));
  } catch (cause) {
    const got = cause instanceof Error ? cause.message : String(cause);
    throw new CannotRun(
      { expected: "options that the server can do its work with", got, next: "see --help" },
      { cause },
    );
  }
}

function parseServerName(text: string): ServerName {
  if (!isServerName(text)) throw new InvalidArgumentError(`expected one of ${serverNames.join(", ")}.`);
  return text;
}
