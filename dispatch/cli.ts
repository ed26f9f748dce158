/** `npm run dispatch -- <server>`: delivers a server's events as webhooks, until Ctrl-C. */
import { InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { abortOf, CannotRun, createCommand, runCommand, type Verdict } from "../cli/command.ts";
import { parsePort } from "../cli/whole-numbers.ts";
import { isLoopbackAddress } from "./addresses.ts";
import { messageOf } from "./deadline.ts";
import { startDispatcher } from "./dispatcher.ts";
import { pausesMs } from "./schedule.ts";

const defaultPort = 8090;

function createDispatchCommand() {
  return createCommand("npm run dispatch --", "Delivers a server's events as webhooks, until Ctrl-C.")
    .argument("<server>", "http://host:port of the server whose events are delivered", parseBaseUrl)
    .option("--server-tcp <url>", "tcp://host:port of the same server, if its transport is raw TCP", "")
    .option("--data-folder <folder>", "where subscriptions and deliveries are kept", "dispatch-data")
    .option("--host <address>", "address to listen on; beyond loopback only with DISPATCH_TOKEN", "127.0.0.1")
    .option("--port <number>", "HTTP port; 0: any free one", parsePort, defaultPort)
    .option("--public-url <url>", "where others reach it, if not where it listens", parseBaseUrl, "")
    .option("--no-hub", "no topics that anyone may read, and no WebSub hub for them")
    .addOption(
      new Option("--pauses <seconds>", "before each attempt, with commas between them: 0,5,300")
        .argParser(parsePauses)
        .default(pausesMs, "those of Standard Webhooks"),
    )
    .option("--allow-loopback", "allow targets on this host, by http and on any port", false)
    .addHelpText(
      "after",
      "\nRead from the environment, for it is a secret:\n  DISPATCH_TOKEN  shown by whoever asks for /subscriptions, as Authorization: Bearer",
    );
}

await runCommand(async (interrupted): Promise<Verdict> => {
  const command = createDispatchCommand().parse();
  const [server] = command.processedArgs;
  const options = command.opts();
  const { DISPATCH_TOKEN: token = "" } = process.env;
  if (token === "" && options.host !== "localhost" && !isLoopbackAddress(options.host)) {
    throw new CannotRun({
      expected: "a token to listen beyond loopback, where others can reach /subscriptions",
      got: `--host ${options.host} and no DISPATCH_TOKEN`,
      next: "set DISPATCH_TOKEN in the environment, or leave --host out",
    });
  }
  const dispatcher = await startDispatcher({
    ...options,
    pausesMs: options.pauses,
    server,
    token,
    log: console.log,
  }).catch((cause: unknown) => {
    const got = messageOf(cause);
    const next = "is the port in use, or the folder not writable? see --port and --data-folder";
    throw new CannotRun({ expected: "to start the dispatcher", got, next }, { cause });
  });
  console.log(`the dispatcher listens on ${dispatcher.url}`);
  console.log("have events sent to a target:");
  console.log(
    `  curl -H 'Content-Type: application/json' -d '{"targetUrl":"https://example.com/hook","events":["call.*"]}' ${dispatcher.url}/subscriptions`,
  );
  console.log("Ctrl-C stops it.");
  const cause = await Promise.race([abortOf(interrupted), dispatcher.failed]);
  await dispatcher.close();
  if (cause !== undefined) {
    throw new CannotRun(
      {
        expected: `to keep in ${options.dataFolder} what is to be delivered and what was`,
        got: messageOf(cause),
        next: "is the disk full? what was kept is delivered after the next start",
      },
      { cause },
    );
  }
  console.log("the dispatcher is closed; what was under way is tried again after its next start.");
  return "done";
});

function parsePauses(text: string): readonly number[] {
  const pauses = text.split(",");
  if (pauses.length <= 100 && pauses.every((pause) => /^\d{1,6}(?:\.\d{1,3})?$/.test(pause)))
    return pauses.map((pause) => Number(pause) * 1_000);
  throw new InvalidArgumentError("expected at most 100 numbers of seconds, with commas between them.");
}

function parseBaseUrl(text: string): string {
  if (URL.canParse(text)) {
    const { protocol, origin, pathname, search } = new URL(text);
    if (/^https?:$/.test(protocol) && pathname === "/" && search === "") return origin;
  }
  throw new InvalidArgumentError("expected http:// or https://, a host and perhaps a port.");
}
