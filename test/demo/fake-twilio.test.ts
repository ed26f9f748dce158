import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { type FakeTwilio, startFakeTwilio } from "../../demo/fake-twilio/fake-twilio.ts";
import { playRecording } from "../../demo/recording.ts";
import { ServerProcess } from "../../demo/server-process.ts";
import { watch } from "../../demo/watch.ts";
import type { Event } from "../../servers/contract.ts";

const account = { accountSid: `AC${"1".repeat(32)}`, authToken: "a token" };

let fake: FakeTwilio | undefined;
let dataFolder: string | undefined;
const over = new AbortController();

afterEach(async () => {
  over.abort();
  await fake?.close();
  if (dataFolder) await rm(dataFolder, { recursive: true, force: true });
});

it("a call goes on over a server that is killed and started again while it records", async () => {
  fake = await startFakeTwilio({ ...account, pace: 0.001 });
  dataFolder = await mkdtemp(join(tmpdir(), "fake-twilio-"));
  const { accountSid: twilioAccountSid, authToken: twilioAuthToken } = account;
  const options = { dataFolder, twilioAccountSid, twilioAuthToken, twilioApi: fake.url };
  const server = new ServerProcess("ws", options, over.signal);
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
  const ignore = () => {};
  const { signal } = over;
  const watchOptions = { signal, leave: signal, onEvent: hear, onLost: ignore, onNotice: ignore };
  await watch(server.endpoints, "ws", watchOptions);
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
  expect(event.data).toMatchObject({ callSid: call.callSid, url: `/recordings/${call.recordingSid}.wav` });
  expect(events.filter(({ type }) => type === "call.ringing")).toHaveLength(1);
  expect(events.filter(({ type }) => type === "call.recorded")).toHaveLength(1);
  const played = await playRecording(new URL(`/recordings/${call.recordingSid}.wav`, address), over.signal);
  expect(played).toBe("206 audio/wav, 63 KiB, 4.0 s");
  await server.close();
});
