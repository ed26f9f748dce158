import { CannotRun, createCommand, runCommand, type Verdict } from "../cli/command.ts";
import type { Endpoints } from "../servers/contract.ts";
import { clients, isServerName, serverNames } from "../servers/index.ts";
import type { CheckResult, Host } from "./check.ts";
import { foreignHost } from "./foreign-host.ts";
import { ownHost } from "./own-host.ts";
import { runCheck } from "./run-check.ts";
import { suite } from "./suite.ts";

const transports = Object.keys(clients) as (keyof typeof clients)[];

const command = createCommand("npm run conform --", "Asks a server every question of the conformance suite.")
  .argument("[server]", `one of ours: ${serverNames.join(", ")}`)
  .option("--target <url>", "a server that runs elsewhere: http://host:port")
  .option("--transport <name>", `how that server pushes: ${transports.join(", ")}`)
  .option("--tcp <url>", "its raw TCP port, for the transport tcp: tcp://host:port")
  .option("--list", "print the checks and end")
  .addHelpText("after", "\nExit code: 0 nothing failed, 1 a check failed, 2 the suite could not run.");

const marks: Record<CheckResult["status"], string> = { passed: "✓", failed: "✗", exempt: "–", skipped: "–" };

await runCommand(async (interrupted): Promise<Verdict> => {
  // Every process that a check has started ends when this one does.
  interrupted.addEventListener("abort", () => process.exit());
  command.parse();
  if (command.opts().list) {
    for (const { name, question } of suite) console.log(`${name}\n    ${question}`);
    return "done";
  }
  const host = await chosenHost();
  try {
    return await runSuite(host);
  } finally {
    await host.close();
  }
});

async function runSuite(host: Host): Promise<Verdict> {
  const counts = { passed: 0, failed: 0, exempt: 0, skipped: 0 };
  for (const check of suite) {
    const result = await runCheck(check, host);
    counts[result.status]++;
    console.log(`${marks[result.status]} ${check.name}${detailOf(result)}`);
  }
  console.log(
    Object.entries(counts)
      .map(([status, count]) => `${count} ${status}`)
      .join(", "),
  );
  return counts.failed === 0 ? "done" : "no";
}

function detailOf(result: CheckResult): string {
  switch (result.status) {
    case "passed":
      return "";
    case "failed":
      return `\n    ${result.message.replaceAll("\n", "\n    ")}`;
    default:
      return ` (${result.status}: ${result.reason})`;
  }
}

async function chosenHost(): Promise<Host> {
  const [server] = command.processedArgs;
  const { target, transport = "", tcp } = command.opts();
  const next = "npm run conform -- --help";
  if ((server === undefined) === (target === undefined)) {
    const got = server === undefined ? "neither" : "both";
    throw new CannotRun({ expected: "a server's name or --target", got, next });
  }
  if (server !== undefined) {
    if (!isServerName(server)) {
      throw new CannotRun({ expected: `a server (${serverNames.join(", ")})`, got: `"${server}"`, next });
    }
    return ownHost(server);
  }
  const known = transports.find((name) => name === transport);
  if (known === undefined) {
    throw new CannotRun({ expected: `--transport (${transports.join(", ")})`, got: `"${transport}"`, next });
  }
  if (known === "tcp" && tcp === undefined) {
    throw new CannotRun({ expected: "--tcp tcp://host:port", got: "nothing", next });
  }
  const http = addressOf("--target", "http:", target ?? "");
  const endpoints: Endpoints = tcp === undefined ? { http } : { http, tcp: addressOf("--tcp", "tcp:", tcp) };
  await reach(http);
  return foreignHost(endpoints, known);
}

/** `protocol//host:port`, without a path. */
function addressOf(option: string, protocol: string, text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== protocol || url.hostname === "") {
    const next = "npm run conform -- --help";
    throw new CannotRun({ expected: `${option} ${protocol}//host:port`, got: `"${text}"`, next });
  }
  return `${protocol}//${url.host}`;
}

/** How long a server may take to answer at all. */
const reachMs = 5_000;

async function reach(http: string): Promise<void> {
  try {
    await fetch(`${http}/healthz`, { signal: AbortSignal.timeout(reachMs) });
  } catch (error) {
    const got = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    const next = "start it, or correct --target";
    throw new CannotRun({ expected: `a server at ${http}`, got, next }, { cause: error });
  }
}
