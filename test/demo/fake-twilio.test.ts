import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { type FakeTwilio, startFakeTwilio } from "../../demo/fake-twilio/fake-twilio.ts";
import { playRecording } from "../../demo/recording.ts";
import { ServerProcess } from "../../demo/server-process.ts";
import { watch } from "../../demo/watch.ts";
import type { Event } from "../../servers/contract.ts";
import { recordingAddress } from "../../servers/service/recording.ts";

const account = { accountSid: `AC${"1".repeat(32)}`, authToken: "a token" };

let fake: FakeTwilio | undefined;
let dataFolder: string | undefined;
let over: AbortController;

beforeEach(() => {
  over = new AbortController();
});

afterEach(async () => {
  over.abort();
  await fake?.close();
  if (dataFolder) await rm(dataFolder, { recursive: true, force: true });
});

// The client of one says at once that there is no server, that of the other with its next request.
it.each(["ws", "comet"] as const)("a call goes on over a restart of %s while it records", async (name) => {
  fake = await startFakeTwilio({ ...account, pace: 0.001 });
  dataFolder = await mkdtemp(join(tmpdir(), "fake-twilio-"));
  const { accountSid: twilioAccountSid, authToken: twilioAuthToken } = account;
  const options = { dataFolder, twilioAccountSid, twilioAuthToken, twilioApi: fake.url };
  const server = new ServerProcess(name, options, over.signal);
  await server.start();
  const address = server.endpoints.http;
  const events: Event[] = [];
  let hear: (event: Event) => void = () => {};
  const recorded = new Promise<Event>((resolve) => {
    hear = (event) => {
      events.push(event);
      if (event.type === "call.recorded") resolve(event);
    };
  });
  const told: string[] = [];
  const tell = (text: string) => told.push(text);
  const { signal } = over;
  const watchOptions = { signal, leave: signal, onEvent: hear, onLost: tell, onNotice: tell };
  await watch(server.endpoints, name, watchOptions);
  let restarted: Promise<number> | undefined;
  const call = await fake.call({
    server: address,
    onStep: ({ number }) => {
      // The webhook that tells of the recording finds nobody.
      if (number === 6) restarted = server.restart();
    },
  });
  await restarted;
  expect(server.endpoints.http).toBe(address);
  const event = await recorded;
  const url = recordingAddress(call.recordingSid, account.authToken);
  expect(event.data).toMatchObject({ callSid: call.callSid, url });
  expect(events.filter(({ type }) => type === "call.ringing")).toHaveLength(1);
  expect(events.filter(({ type }) => type === "call.recorded")).toHaveLength(1);
  // Once that the subscription ended, and nothing of events that came twice or not at all.
  expect(told).toHaveLength(1);
  const played = await playRecording(new URL(url, address), over.signal);
  expect(played).toBe("206 audio/wav, 63 KiB, 4.0 s");
  await server.close();
});
