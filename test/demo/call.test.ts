import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { text } from "node:stream/consumers";
import VoiceResponse from "twilio/lib/twiml/VoiceResponse.js";
import { validateRequest } from "twilio/lib/webhooks/webhooks.js";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type FakeTwilio, type Step, startFakeTwilio } from "../../demo/fake-twilio/fake-twilio.ts";
import { portOf } from "../../servers/http/http-server.ts";

const account = { accountSid: `AC${"1".repeat(32)}`, authToken: "a token" };

/** A webhook as the receiver of this test got it, and whether Twilio's library takes it for genuine. */
interface Received {
  readonly method: string;
  readonly path: string;
  readonly parameters: { [name: string]: string };
  readonly genuine: boolean;
  readonly token: string;
}

type Reply = string | { readonly status: number } | "hang up";

let fake: FakeTwilio;
let receiver: Server;
let received: Received[];
/** What is answered at a path, one after the other, the last for good; 204 elsewhere. */
let replies: { [path: string]: Reply[] };

async function read(request: IncomingMessage): Promise<Received> {
  const { method = "", url: target = "", headers } = request;
  const url = new URL(target, `http://${headers.host}`);
  const form = Object.fromEntries(new URLSearchParams(await text(request)));
  const genuine = validateRequest(account.authToken, String(headers["x-twilio-signature"]), url.href, form);
  const parameters = method === "GET" ? Object.fromEntries(url.searchParams) : form;
  return {
    method,
    path: url.pathname,
    parameters,
    genuine,
    token: String(headers["i-twilio-idempotency-token"]),
  };
}

beforeEach(async () => {
  received = [];
  replies = {};
  fake = await startFakeTwilio({ ...account, pace: 0.001 });
  receiver = createServer(async (request, response) => {
    const webhook = await read(request);
    received.push(webhook);
    const queue = replies[webhook.path] ?? [{ status: 204 }];
    const reply = queue.length > 1 ? queue.shift() : queue[0];
    if (reply === "hang up") request.socket.destroy();
    else if (typeof reply === "string") response.setHeader("Content-Type", "text/xml").end(reply);
    else response.writeHead(reply?.status ?? 204).end();
  });
  receiver.listen(0, "127.0.0.1");
  await once(receiver, "listening");
});

afterEach(async () => {
  await fake.close();
  receiver.close();
});

function server(): string {
  return `http://127.0.0.1:${portOf(receiver)}`;
}

function twiml(write: (response: VoiceResponse) => void): string {
  const response = new VoiceResponse();
  write(response);
  return response.toString();
}

const sayAndRecord = twiml((response) => {
  response.say("Speak.");
  response.record({ action: "/twilio/recording", maxLength: 3, recordingStatusCallback: "/told" });
});
const thanks = twiml((response) => {
  response.say("Thank you.");
});

function at(path: string): Received[] {
  return received.filter((webhook) => webhook.path === path);
}

it("a call asks, records, asks again and tells of its states, all signed as Twilio signs", async () => {
  replies = { "/twilio/voice": [sayAndRecord], "/twilio/recording": [thanks] };
  const steps: Step[] = [];
  const call = await fake.call({
    server: server(),
    from: "+13035550142",
    to: "+17205550199",
    speaksSeconds: 4,
    onStep: (step) => steps.push(step),
  });
  expect(received.every(({ genuine }) => genuine)).toBe(true);
  const parties = {
    CallSid: call.callSid,
    AccountSid: account.accountSid,
    From: "+13035550142",
    To: "+17205550199",
  };
  expect(at("/twilio/voice")).toMatchObject([
    {
      method: "GET",
      parameters: { ...parties, CallStatus: "ringing", Direction: "inbound", ApiVersion: "2010-04-01" },
    },
  ]);
  const url = `${fake.url}/2010-04-01/Accounts/${account.accountSid}/Recordings/${call.recordingSid}`;
  // It would have gone on longer than the receiver wants.
  const recording = { RecordingUrl: url, RecordingDuration: "3" };
  expect(at("/twilio/recording")).toMatchObject([
    { method: "POST", parameters: { ...parties, ...recording, Digits: "#", CallStatus: "in-progress" } },
  ]);
  expect(at("/told")).toMatchObject([{ parameters: { ...recording, RecordingStatus: "completed" } }]);
  expect(at("/told")[0]?.parameters).not.toHaveProperty("From");
  const states = at("/twilio/status").map(({ parameters }) => [
    parameters.SequenceNumber,
    parameters.CallStatus,
  ]);
  expect(states).toEqual([
    ["0", "initiated"],
    ["1", "ringing"],
    ["2", "in-progress"],
    ["3", "completed"],
  ]);
  // "Speak.", the tone, the recording, "Thank you.": 360 + 500 + 3000 + 600 ms.
  expect(at("/twilio/status").at(-1)?.parameters).toMatchObject({ CallDuration: "5" });
  expect(steps.map(({ number }) => number)).toEqual([1, 2, 4, 5, 6, 7]);
});

it("a webhook is tried again as it was when the connection fails or the answer is 503", async () => {
  replies = {
    "/twilio/voice": ["hang up", { status: 503 }, sayAndRecord],
    "/twilio/recording": ["hang up", thanks],
  };
  const notices: string[] = [];
  await fake.call({ server: server(), speaksSeconds: 1, onNotice: (notice) => notices.push(notice) });
  for (const [path, attempts] of [
    ["/twilio/voice", 3],
    ["/twilio/recording", 2],
  ] as const) {
    const [first, ...others] = at(path);
    expect(others).toHaveLength(attempts - 1);
    for (const other of others) expect(other).toEqual(first);
  }
  expect(notices).toHaveLength(3);
});

it("the fallback is asked, and told why, when the server refuses", async () => {
  replies = {
    "/twilio/voice": [{ status: 404 }],
    "/fallback": [sayAndRecord],
    "/twilio/recording": [thanks],
  };
  await fake.call({
    server: server(),
    speaksSeconds: 1,
    method: "POST",
    fallbackUrl: `${server()}/fallback`,
  });
  expect(at("/twilio/voice")).toMatchObject([{ method: "POST", genuine: true }]);
  const why = { ErrorCode: "11200", ErrorUrl: `${server()}/twilio/voice` };
  expect(at("/fallback")).toMatchObject([{ genuine: true, parameters: why }]);
});

it("a server that refuses fails the call, which says so", async () => {
  replies = { "/twilio/voice": [{ status: 404 }] };
  await expect(fake.call({ server: server() })).rejects.toThrow("status 404");
  expect(at("/twilio/status").at(-1)?.parameters).toMatchObject({ CallStatus: "failed" });
});

it("a caller who hangs up ends the recording, and hears no more", async () => {
  const more = twiml((response) => {
    response.record({ action: "/never" });
  });
  replies = { "/twilio/voice": [sayAndRecord], "/twilio/recording": [more] };
  await fake.call({ server: server(), speaksSeconds: 1, ending: "hangup" });
  const parameters = { Digits: "hangup", CallStatus: "completed" };
  expect(at("/twilio/recording")).toMatchObject([{ parameters }]);
  expect(at("/never")).toEqual([]);
});

it("every server of several gets each webhook, signed for itself", async () => {
  replies = { "/twilio/voice": [sayAndRecord], "/twilio/recording": [thanks] };
  // The same receiver by another name, so by another address.
  const other = `http://localhost:${portOf(receiver)}`;
  await fake.call({ server: server(), speaksSeconds: 1, alsoTo: [other] });
  expect(at("/twilio/voice")).toHaveLength(2);
  expect(at("/twilio/recording")).toHaveLength(2);
  expect(received.every(({ genuine }) => genuine)).toBe(true);
});

it("gives a recording to its account alone, whole or in part", async () => {
  replies = { "/twilio/voice": [sayAndRecord], "/twilio/recording": [thanks] };
  const { recordingSid } = await fake.call({ server: server(), speaksSeconds: 1 });
  const url = `${fake.url}/2010-04-01/Accounts/${account.accountSid}/Recordings/${recordingSid}.wav`;
  const authorization = (token: string) =>
    `Basic ${Buffer.from(`${account.accountSid}:${token}`).toString("base64")}`;
  const get = (to: string, headers: { [name: string]: string }) => fetch(to, { headers });
  const Authorization = authorization(account.authToken);
  expect((await get(url, {})).status).toBe(401);
  expect((await get(url, { Authorization: authorization("another") })).status).toBe(401);
  const whole = await get(url, { Authorization });
  expect([whole.status, whole.headers.get("content-type")]).toEqual([200, "audio/x-wav"]);
  expect((await whole.arrayBuffer()).byteLength).toBe(44 + 16_000);
  const part = await get(url, { Authorization, Range: "bytes=44-" });
  expect([part.status, part.headers.get("content-range")]).toEqual([206, "bytes 44-16043/16044"]);
  expect((await get(url, { Authorization, Range: "bytes=16044-" })).status).toBe(416);
  expect((await get(url.replace(/.{8}\.wav$/, "00000000.wav"), { Authorization })).status).toBe(404);
});
