import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { projectFolder } from "../../cli/project.ts";
import { connectTo, exchange } from "../../conformance/http.ts";
import type { ChildMessage, ServerOptions } from "../../servers/contract.ts";
import { portOf } from "../../servers/http/http-server.ts";
import { loadServer, serverNames } from "../../servers/index.ts";
import { recordingAddress } from "../../servers/service/recording.ts";
import { hookRoutes } from "../../servers/service/webhooks/routes.ts";

const secrets = {
  webhookSecret: `whsec_${Buffer.from("a key that nobody may see").toString("base64")}`,
  twilioAuthToken: "token-of-twilio-that-nobody-may-see",
  githubSecret: "secret-of-github-that-nobody-may-see",
  facebookSecret: "secret-of-facebook-that-nobody-may-see",
  cloudEventsToken: "token-of-cloudevents-that-nobody-may-see",
  webSubSecret: "secret-of-websub-that-nobody-may-see",
} as const satisfies Partial<ServerOptions>;

const twilioAccountSid = `AC${"0".repeat(32)}`;

/** In every form in which it could get out. */
const forms = [
  ...Object.values(secrets).flatMap((secret) => [secret, Buffer.from(secret).toString("base64")]),
  secrets.webhookSecret.replace("whsec_", ""),
  "a key that nobody may see",
  Buffer.from(`${twilioAccountSid}:${secrets.twilioAuthToken}`).toString("base64"),
];

/** Holds its answer, so that whatever asks can be looked at, and then fails. */
const twilio = createServer((_request, response) => twilio.emit("asked", response));
let child: ChildProcess | undefined;

beforeAll(async () => {
  twilio.listen(0, "127.0.0.1");
  await once(twilio, "listening");
});
afterEach(() => child?.kill("SIGKILL"));
afterAll(() => twilio.close());

const end = "Connection: close\r\n\r\n";
const recordingSid = `RE${"0".repeat(32)}`;
const recording = `GET ${recordingAddress(recordingSid, secrets.twilioAuthToken)} HTTP/1.1\r\nHost: test\r\n${end}`;

/** Headers of every dialect, none of them genuine. */
const forged = [
  "webhook-id: msg_1",
  "webhook-timestamp: 1",
  "webhook-signature: v1,AAAA",
  "X-Twilio-Signature: AAAA",
  "X-Hub-Signature-256: sha256=00",
  "X-GitHub-Event: ping",
  "Authorization: Bearer wrong",
  "WebHook-Request-Origin: foreign.example",
];
const json = ["application/json", "{"] as const;
const form = ["application/x-www-form-urlencoded", "signed_request=a.b&CallSid=CA0"] as const;

const badRequests = hookRoutes.flatMap(({ path, methods }) =>
  methods.map((method) => {
    const [type, body] = /twilio|facebook/.test(path) ? form : json;
    const line = `${method} ${path.replace(":topic", "test")} HTTP/1.1`;
    const fields = ["Host: test", ...forged, `Content-Type: ${type}`, `Content-Length: ${body.length}`];
    return [line, ...fields, "", body].join("\r\n");
  }),
);

/** Ways out of the folder of the pages, to the letter: no client would send them. */
const escapes = [
  "/dashboard/../../package.json",
  "/../../../../../../etc/passwd",
  "/%2e%2e/package.json",
  "/..\\package.json",
  "//etc/passwd",
  "/%2f",
  "/recordings/..%2f..%2fpackage.json%00.wav",
  // Were Twilio asked for it, nobody would answer.
  `/recordings/${recordingSid}.wav?key=guessed`,
  "http://127.0.0.1/",
  "http://127.0.0.1/../../etc/passwd",
  "file:///etc/passwd",
];

it.skipIf(process.platform !== "linux").each(serverNames)(
  "%s keeps its secrets and its files",
  async (name) => {
    const options: Partial<ServerOptions> = {
      ...secrets,
      twilioAccountSid,
      twilioApi: `http://127.0.0.1:${portOf(twilio)}`,
    };
    const server = spawn(
      process.execPath,
      [fileURLToPath(new URL("dist/servers/main.js", projectFolder)), name],
      {
        stdio: ["ignore", "pipe", "pipe", "ipc"],
        env: { SERVER_OPTIONS: JSON.stringify(options) },
      },
    );
    child = server;
    let said = "";
    for (const stream of [server.stdout, server.stderr]) {
      stream?.setEncoding("utf8").on("data", (text: string) => {
        said += text;
      });
    }
    const [ready]: ChildMessage[] = await once(server, "message");
    if (ready?.kind !== "ready")
      throw new Error(`expected a server that is ready, got ${JSON.stringify(ready)}`);
    const { http } = ready.endpoints;
    const send = async (requests: string) => {
      const socket = await connectTo(http);
      const received = await exchange(socket, requests);
      socket.destroy();
      return received;
    };

    const asked = once(twilio, "asked");
    const failed = send(recording);
    const [held]: ServerResponse[] = await asked;
    const commands = commandLinesOf(server.pid ?? 0);
    held?.writeHead(500).end();
    // What a program does for the others, an event loop does itself.
    const programs = (await loadServer(name)).ioModel === "event loop" ? 0 : 1;
    expect(commands).toHaveLength(1 + programs);

    const [failure, refusals, misses] = await Promise.all([
      failed,
      send(`${badRequests.join("")}GET /server.json HTTP/1.1\r\nHost: test\r\n${end}`),
      send(escapes.map((path, index) => escapeOf(path, index === escapes.length - 1)).join("")),
    ]);
    expect(statusesOf(failure)).toEqual(["502"]);
    expect(statusesOf(refusals)).toHaveLength(badRequests.length + 1);
    expect(statusesOf(misses)).toEqual(escapes.map(() => "404"));
    server.kill("SIGKILL");
    await once(server, "close");
    const everything = [...commands, failure, refusals, misses, said].join("\n");
    expect(said).toMatch(
      new RegExp(`^recording ${recordingSid}: expected status 200 .*, got 500 and none\n$`),
    );
    for (const form of forms) expect(everything).not.toContain(form);
  },
  30_000,
);

function escapeOf(path: string, isLast: boolean): string {
  return `GET ${path} HTTP/1.1\r\nHost: test\r\n${isLast ? end : "\r\n"}`;
}

function statusesOf(received: string): string[] {
  return [...received.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status = ""]) => status);
}

/** The command lines of a process and of all that it has started, as every user of the machine can read them. */
function commandLinesOf(pid: number): string[] {
  const children = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === pid)
    .flatMap((name) => commandLinesOf(Number(name)));
  return [readFileSync(`/proc/${pid}/cmdline`, "latin1"), ...children];
}

/** Undefined: the process has ended meanwhile. Source: proc(5), the fourth field of `stat`. */
function parentOf(pid: string): number | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    return Number(
      stat
        .slice(stat.lastIndexOf(")") + 1)
        .trim()
        .split(" ")[1],
    );
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ESRCH"))
      return;
    throw error;
  }
}
