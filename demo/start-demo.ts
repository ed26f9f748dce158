/** The servers of a demo, the telephone that is played for it, and whoever watches them. */
import { randomBytes } from "node:crypto";
import { rmSync } from "node:fs";
import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { abortOf, type Verdict } from "../cli/command.ts";
import type { ServerName } from "../servers/index.ts";
import { optionsFrom } from "../servers/options.ts";
import { type FakeTwilio, startFakeTwilio } from "./fake-twilio/fake-twilio.ts";
import type { Account } from "./fake-twilio/server.ts";
import type { Telling } from "./followed-calls.ts";
import { planServers } from "./plan.ts";
import { accountFrom } from "./real-number.ts";
import { ServerProcess } from "./server-process.ts";
import { Session } from "./session.ts";

/** Longest that a signal which has reached a server takes to reach this process too. */
const signalMs = 100;

/** What was begun, to be ended in the opposite order. */
export type Endings = (() => Promise<void> | void)[];

export interface Wishes {
  readonly name: ServerName;
  /** One server for each transport. */
  readonly compare: boolean;
  readonly host: string;
  /** 0: any free one. */
  readonly port: number;
  /** What a second of a call lasts. */
  readonly pace: number;
  /** Absent: a folder that is removed at the end. */
  readonly dataFolder?: string;
  /** Where calls from outside come in. Absent: calls are placed here. */
  readonly publicUrl?: string;
  /** Whose pages may show those of the servers in a frame. */
  readonly framingOrigins?: readonly string[];
}

/** Whom it tells, and what ends it; `endings` gets the end of all that it begins, also where it is not begun whole. */
export interface Circumstances extends Pick<Telling, "paint" | "print"> {
  readonly endings: Endings;
  readonly interrupted: AbortSignal;
}

export interface RunningDemo {
  readonly session: Session;
  readonly servers: readonly [ServerProcess, ...ServerProcess[]];
}

/** Resolves once nothing that a server pushes can be missed. Rejects with the reason of `interrupted`. */
export async function startDemo(wishes: Wishes, circumstances: Circumstances): Promise<RunningDemo> {
  const { publicUrl, pace, framingOrigins } = wishes;
  const { endings, interrupted, paint, print } = circumstances;
  const account = publicUrl === undefined ? inventedAccount() : accountFrom(process.env);
  const dataFolder = await dataFolderOf(wishes, endings);
  const phone = publicUrl === undefined ? await startFakeTwilio({ ...account, pace }) : undefined;
  if (phone) endings.push(() => phone.close());
  const plan = await planServers({
    ...{ name: wishes.name, compare: wishes.compare, host: wishes.host, port: wishes.port, dataFolder },
    options: {
      ...secretsOf(account, phone),
      ...(publicUrl && { publicUrl }),
      ...(framingOrigins && { framingOrigins }),
    },
  });
  interrupted.throwIfAborted();
  const leaving = new AbortController();
  endings.push(() => leaving.abort());
  const servers = await startServers(plan, endings, interrupted);
  const over = new AbortController();
  endings.push(() => over.abort(new Error("the demo is over")));
  const parts = { servers, ...(phone && { phone }), paint, print };
  const starting = Session.start({ ...parts, signal: over.signal, leave: leaving.signal });
  const session = await Promise.race([starting, abortOf(interrupted)]);
  if (!session) throw interrupted.reason;
  return { session, servers };
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

/** Runs something that begins what has to be ended, and ends all of that, however it goes. */
export async function toItsEnd(
  interrupted: AbortSignal,
  run: (endings: Endings) => Promise<Verdict>,
): Promise<Verdict> {
  const endings: Endings = [];
  try {
    return await run(endings);
  } catch (error) {
    // Ctrl-C reaches the servers too, and the end of one that has just begun may be heard of first.
    await wait(signalMs);
    // The exit code says that it was interrupted; what came of that is no news.
    if (interrupted.aborted) return "done";
    throw error;
  } finally {
    await endAll(endings);
  }
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

async function dataFolderOf({ dataFolder }: Wishes, endings: Endings): Promise<string> {
  if (dataFolder !== undefined) return resolve(dataFolder);
  const folder = await mkdtemp(join(tmpdir(), "evented-web-demo-"));
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  endings.push(remove);
  // Where a second Ctrl-C leaves no time for endings.
  process.on("exit", remove);
  return folder;
}
