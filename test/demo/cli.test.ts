import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { projectFolder } from "../../cli/project.ts";
import { Recordings, startApi } from "../../demo/fake-twilio/server.ts";
import { makeRecording } from "../../demo/fake-twilio/wav.ts";
import { portOf } from "../../servers/http/http-server.ts";
import { signTwilio } from "../../servers/service/webhooks/twilio.ts";

const cli = fileURLToPath(new URL("dist/demo/cli.js", projectFolder));

interface Result {
  readonly code: number | string;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the demo to its end: its output ends only when no process is left that could write to it. */
function run(args: readonly string[], env: Record<string, string> = {}): Promise<Result> {
  return new Promise((resolve) => {
    const all = { ...process.env, ...env };
    execFile(process.execPath, [cli, ...args], { env: all, timeout: 60_000 }, (error, stdout, stderr) => {
      resolve({ code: error?.code ?? (error ? "ended by a signal" : 0), stdout, stderr });
    });
  });
}

const nineSteps = [
  "1 Call",
  "2 New Call",
  "3 Status",
  "4 Respond",
  "5 Say",
  "6 Record",
  "7 New Recording",
  "8 Recording",
  "9 <audio/>",
];

/** Asks for all that whoever watches is to see. */
function expectNineSteps({ code, stdout, stderr }: Result): void {
  expect([code, stderr]).toEqual([0, ""]);
  const steps = [...stdout.matchAll(/^ {2}(\d) {2}(\S+(?: \S+)?) +(\d+)(?: +[+−]\d+)? +\S/gm)];
  expect(steps.map(([, number, name]) => `${number} ${name}`)).toEqual(nineSteps);
  expect(stdout).toContain("206 audio/wav, 63 KiB, 4.0 s");
  expect(stdout).toContain("Every step was seen.");
  expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
}

it("shows the nine steps of a call, and ends", async () => {
  expectNineSteps(await run(["threads-streaming", "--once", "--port", "0", "--pace", "0.01"]));
});

it("compares: every transport is told of the same call", async () => {
  const result = await run(["ws", "--compare", "--once", "--port", "0", "--pace", "0.01"]);
  expectNineSteps(result);
  expect(result.stdout).toMatch(/^ {2}Side by side +http:\/\/127\.0\.0\.1:\d+\/compare$/m);
  const arrivals = [...result.stdout.matchAll(/^ {5}(\S+) +\+\d+ +\+\d+$/gm)].map(([, server]) => server);
  expect(arrivals).toEqual(["ws", "polling", "comet", "streaming", "socketio", "socketio-polling", "tcp"]);
});

it("says what was expected when it cannot run", async () => {
  const occupant = createServer().listen(0, "127.0.0.1");
  await once(occupant, "listening");
  const taken = await run(["--once", "--port", String(portOf(occupant))]);
  occupant.close();
  expect(taken).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/got: listen EADDRINUSE.*\n.*next: .*--port/),
  });
  const twice = await run(["--once", "--calls", "3"]);
  expect(twice).toMatchObject({ code: 2, stderr: expect.stringContaining("cannot be used with") });
  const empty = { TWILIO_AUTH_TOKEN: "", TWILIO_ACCOUNT_SID: "" };
  const withoutToken = await run(["--public-url", "https://example.com"], empty);
  expect(withoutToken).toMatchObject({ code: 2, stderr: expect.stringContaining("TWILIO_AUTH_TOKEN") });
});

it("follows a call from a real number by the webhooks alone, which are signed for the public address", async () => {
  const account = { accountSid: `AC${"1".repeat(32)}`, authToken: "a token" };
  const recordingSid = `RE${"2".repeat(32)}`;
  const recordings = new Recordings();
  recordings.keep(recordingSid, makeRecording("a call", 2));
  const api = await startApi(account, recordings);
  const apiUrl = `http://127.0.0.1:${portOf(api)}`;
  const env = {
    TWILIO_ACCOUNT_SID: account.accountSid,
    TWILIO_AUTH_TOKEN: account.authToken,
    TWILIO_API: apiUrl,
  };
  const publicUrl = "https://demo.example";
  const demo = spawn(process.execPath, [cli, "--once", "--port", "0", "--public-url", publicUrl], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const closed = once(demo, "close");
  let stdout = "";
  const listens = new Promise<string>((resolve) => {
    demo.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      const address = /Open in a browser +(http:\S+:\d+)\/[\s\S]*call the number\.\n/.exec(stdout)?.[1];
      if (address) resolve(address);
    });
  });
  const address = await listens;
  const call = {
    CallSid: `CA${"3".repeat(32)}`,
    From: "+13035550142",
    To: "+17205550199",
    CallStatus: "ringing",
  };
  const query = `/twilio/voice?${new URLSearchParams(call)}`;
  const signed = (path: string, parameters = {}) => ({
    "X-Twilio-Signature": signTwilio(account.authToken, publicUrl + path, parameters),
  });
  expect((await fetch(address + query, { headers: signed(query) })).status).toBe(200);
  const recording = {
    ...call,
    CallStatus: "in-progress",
    RecordingUrl: `https://api.twilio.com/2010-04-01/Accounts/${account.accountSid}/Recordings/${recordingSid}`,
    RecordingDuration: "2",
    Digits: "#",
  };
  const path = "/twilio/recording";
  const body = new URLSearchParams(recording);
  const headers = signed(path, recording);
  expect((await fetch(address + path, { method: "POST", headers, body })).status).toBe(200);
  expect(await closed).toEqual([0, null]);
  api.close();
  expect(stdout).toContain(`A call comes in        ${publicUrl}/twilio/voice\n`);
  expect(stdout).not.toContain(account.authToken);
  const steps = [...stdout.matchAll(/^ {2}(\d) {2}\S/gm)].map(([, number]) => number);
  expect(steps).toEqual(["2", "3", "7", "8", "9"]);
});
