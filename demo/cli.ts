/** `npm run demo -- [server]`: someone calls, the browser rings. The end of the talk, on one laptop. */
import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { InvalidArgumentError, Option } from "@commander-js/extra-typings";
import { abortOf, CannotRun, createCommand, runCommand, type Verdict } from "../cli/command.ts";
import { parseCount, parsePort } from "../cli/whole-numbers.ts";
import { isServerName, type ServerName, serverNames } from "../servers/index.ts";
import { environmentHelp, optionsFrom } from "../servers/options.ts";
import { type FakeTwilio, startFakeTwilio } from "./fake-twilio/fake-twilio.ts";
import type { Account } from "./fake-twilio/server.ts";
import { portIn, shownAddress } from "./hosts.ts";
import { perform } from "./perform.ts";
import { planServers } from "./plan.ts";
import { farewell, introduction } from "./programme.ts";
import { accountFrom, parsePublicUrl } from "./real-number.ts";
import { painter } from "./screen.ts";
import { ServerProcess } from "./server-process.ts";
import { Session } from "./session.ts";

const defaultPort = 8080;
const defaultServer: ServerName = "ws";

/** Longest that a signal which has reached a server takes to reach this process too. */
const signalMs = 100;

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

/** What was begun, to be ended in the opposite order. */
type Endings = (() => Promise<void> | void)[];

await runCommand(async (interrupted): Promise<Verdict> => {
  const command = createDemoCommand().parse();
  const [name] = command.processedArgs;
  const endings: Endings = [];
  try {
    return await demonstrate(name, command.opts(), endings, interrupted);
  } catch (error) {
    // Ctrl-C reaches the servers too, and the end of one that has just begun may be heard of first.
    await wait(signalMs);
    // The exit code says that it was interrupted; what came of that is no news.
    if (interrupted.aborted) return "done";
    throw error;
  } finally {
    await endAll(endings);
  }
});

async function demonstrate(
  name: ServerName,
  options: Options,
  endings: Endings,
  interrupted: AbortSignal,
): Promise<Verdict> {
  const { host, once, pace, compare = false, calls = once ? 1 : undefined } = options;
  const publicUrl = options.publicUrl === undefined ? undefined : parsePublicUrl(options.publicUrl);
  if (publicUrl !== undefined && compare) {
    const next = "leave one of them out: Twilio sends a call to one address";
    throw new CannotRun({ expected: "--public-url or --compare", got: "both", next });
  }
  const account = publicUrl === undefined ? inventedAccount() : accountFrom(process.env);
  const dataFolder = await dataFolderOf(options, endings);
  const phone = publicUrl === undefined ? await startFakeTwilio({ ...account, pace }) : undefined;
  if (phone) endings.push(() => phone.close());
  const plan = await planServers({
    ...{ name, compare, host, port: options.port, dataFolder },
    options: { ...secretsOf(account, phone), ...(publicUrl && { publicUrl }) },
  });
  interrupted.throwIfAborted();
  const leaving = new AbortController();
  endings.push(() => leaving.abort());
  const servers = await startServers(plan, endings, interrupted);
  const paint = painter(process.stdout.isTTY && !process.env.NO_COLOR);
  const print = (text: string) => console.log(text);
  const over = new AbortController();
  endings.push(() => over.abort(new Error("the demo is over")));
  const parts = { servers, ...(phone && { phone }), paint, print };
  const starting = Session.start({ ...parts, signal: over.signal, leave: leaving.signal });
  const session = await Promise.race([starting, abortOf(interrupted)]);
  if (!session) throw interrupted.reason;
  const [{ endpoints }] = servers;
  const address = shownAddress(host, portIn(endpoints.http));
  const hasKeys = process.stdin.isTTY;
  for (const line of introduction({ name, address, compare, hasKeys, publicUrl }, paint)) print(line);
  const ending = await perform({ session, servers, interrupted, ...(calls && { calls }) });
  const keptIn = options.dataFolder === undefined ? undefined : dataFolder;
  for (const line of farewell(ending, name, keptIn)) print(line);
  return ending === "missing" ? "no" : "done";
}

async function startServers(
  plan: Awaited<ReturnType<typeof planServers>>,
  endings: Endings,
  interrupted: AbortSignal,
): Promise<readonly [ServerProcess, ...ServerProcess[]]> {
  const killing = new AbortController();
  const killAll = () => killing.abort(new Error("the demo is over"));
  const create = ({ name, options }: (typeof plan)[0]) => new ServerProcess(name, options, killing.signal);
  const [planned, ...others] = plan;
  const servers = [create(planned), ...others.map(create)] as const;
  endings.push(killAll, async () => {
    await Promise.all(servers.map((server) => server.close()));
  });
  // However this process ends: before the folder that they write to is removed.
  process.prependListener("exit", killAll);
  // While they start there is nothing to wind up.
  interrupted.addEventListener("abort", killAll);
  const [first, ...rest] = servers;
  // First the one whose port was asked for: that it is taken is said at once.
  await first.start();
  await Promise.all(rest.map((server) => server.start()));
  interrupted.removeEventListener("abort", killAll);
  return servers;
}

/** Ends what was begun, all of it, whatever becomes of one. */
async function endAll(endings: Endings): Promise<void> {
  const end = endings.pop();
  if (!end) return;
  try {
    await end();
  } finally {
    await endAll(endings);
  }
}

/** Secrets of the environment, and of this run alone where they are not given. None is ever printed. */
function secretsOf({ accountSid, authToken }: Account, phone: FakeTwilio | undefined) {
  return {
    // Without it, anyone could publish.
    webhookSecret: `whsec_${randomBytes(24).toString("base64")}`,
    ...optionsFrom(process.env),
    twilioAccountSid: accountSid,
    twilioAuthToken: authToken,
    ...(phone && { twilioApi: phone.url }),
  };
}

function inventedAccount(): Account {
  return { accountSid: `AC${randomBytes(16).toString("hex")}`, authToken: randomBytes(16).toString("hex") };
}

async function dataFolderOf({ dataFolder }: Options, endings: Endings): Promise<string> {
  if (dataFolder !== undefined) return resolve(dataFolder);
  const folder = await mkdtemp(join(tmpdir(), "evented-web-demo-"));
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  endings.push(remove);
  // Where a second Ctrl-C leaves no time for endings.
  process.on("exit", remove);
  return folder;
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
