import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Browser, launchChromium } from "../../cli/chromium.ts";
import { type CallResult, type FakeTwilio, startFakeTwilio } from "../../demo/fake-twilio/fake-twilio.ts";
import { portOf } from "../../servers/http/http-server.ts";
import { type ServerName, serverNames } from "../../servers/index.ts";
import { playPast, seekNearEnd, waysIn } from "./in-page.ts";
import { KillableServer } from "./killable-server.ts";
import { type Seen, Witness } from "./witness.ts";

/** As many as two cores can serve without making each other wait for long. */
const atOnce = 3;

const account = { accountSid: `AC${"0123456789abcdef".repeat(2)}`, authToken: "known to both" };

/** Speaking takes a twentieth of its time. */
const pace = 0.05;
const speaksSeconds = 2;

let browser: Browser;
let phone: FakeTwilio;
beforeAll(async () => {
  [browser, phone] = await Promise.all([launchChromium(), startFakeTwilio({ ...account, pace })]);
});
afterAll(async () => {
  await Promise.all([browser.close(), phone.close()]);
});

const groups = Array.from({ length: Math.ceil(serverNames.length / atOnce) }, (_, group) =>
  serverNames.slice(group * atOnce, (group + 1) * atOnce),
);

describe.each(groups.map((group) => ({ group })))("on $group", ({ group }) => {
  it.concurrent.each(group)(
    "%s: the nine steps of a call are seen, and those of one in which the server is killed",
    async (name) => {
      const dataFolder = await mkdtemp(join(tmpdir(), `${name}-`));
      const server = await KillableServer.start(name, {
        dataFolder,
        twilioApi: phone.url,
        twilioAccountSid: account.accountSid,
        twilioAuthToken: account.authToken,
      });
      const witness = await Witness.open(browser, server.origin);
      try {
        await witness.until("the page to be live", isConnection("live"));
        await seeCall(witness, server);
        await seeCallThroughDeath(witness, server);
      } finally {
        await witness.close();
        await server.kill();
        await rm(dataFolder, { recursive: true });
      }
    },
  );
});

const isConnection = (state: string) => (seen: Seen) => seen.kind === "connection" && seen.state === state;
const isStep = (number: number) => (seen: Seen) => seen.kind === "step" && seen.number === number;
const isEvent = (type: string, callSid: string) => (seen: Seen) =>
  seen.kind === "event" && seen.type === type && seen.callSid === callSid;

/** One call from its first step to its last, on both sides. */
async function seeCall(witness: Witness, server: KillableServer): Promise<void> {
  const call = await phone.call({
    server: server.origin,
    speaksSeconds,
    onStep: ({ number }) => witness.see({ kind: "step", number }),
  });
  const { callSid } = call;
  await witness.until("the page to have the recording", isEvent("call.recorded", callSid));
  await seeRecording(witness, call);
  witness.see({ kind: "step", number: 9 });
  expect(witness.seen.filter(({ kind }) => kind === "step")).toEqual(
    [1, 2, 4, 5, 6, 7, 9].map((number) => ({ kind: "step", number })),
  );
  const place = (wanted: (seen: Seen) => boolean) => witness.seen.findIndex(wanted);
  // What the page has is pushed to it, or fetched by it: after what it tells of, whenever that is.
  const ordered = [
    isStep(2),
    isEvent("call.ringing", callSid),
    isEvent("call.recorded", callSid),
    isStep(9),
  ].map(place);
  expect(ordered).toEqual(ordered.toSorted((one, other) => one - other));
  expect(place(isStep(7))).toBeLessThan(place(isEvent("call.recorded", callSid)));
  await seeAllEvents(witness, server);
  seeStates(witness, callSid);
  expect(witness.faults).toEqual([]);
}

/** One call in which the server dies when the caller speaks, and comes back. */
async function seeCallThroughDeath(witness: Witness, server: KillableServer): Promise<void> {
  let dying: Promise<void> | undefined;
  const from = witness.seen.length;
  const call = await phone.call({
    server: server.origin,
    speaksSeconds,
    onStep: ({ number }) => {
      if (number === 6) dying = dieAndComeBack(witness, server);
    },
  });
  await dying;
  const { callSid } = call;
  await witness.until("the page to have the recording", isEvent("call.recorded", callSid));
  await seeAllEvents(witness, server);
  witness.serverIsBack();
  await seeRecording(witness, call);
  seeStates(witness, callSid);
  const states = witness.seen.slice(from).flatMap((seen) => (seen.kind === "connection" ? [seen.state] : []));
  expect(states[0]).toBe("reconnecting");
  expect(states.at(-1)).toBe("live");
  expect(witness.faults).toEqual([]);
}

async function dieAndComeBack(witness: Witness, server: KillableServer): Promise<void> {
  const from = witness.seen.length;
  witness.serverIsDead();
  await server.kill();
  const lost = await witness.until("the page to notice", isConnection("reconnecting"), from);
  await server.startAgain();
  await witness.until("the page to be live again", isConnection("live"), lost);
}

/** Every event that the server has, the page has had: once, in order, none left out. */
async function seeAllEvents(witness: Witness, server: KillableServer): Promise<void> {
  const last = await server.lastId();
  await witness.until(`event ${last}`, (seen) => seen.kind === "event" && seen.id === last);
  const ids = witness.seen.flatMap((seen) => (seen.kind === "event" ? [seen.id] : []));
  expect(ids).toEqual(Array.from({ length: last }, (_, index) => index + 1));
}

/** The page has shown the call ringing, and then completed. */
function seeStates(witness: Witness, callSid: string): void {
  const shown = witness.seen.flatMap((seen) =>
    seen.kind === "shown" && seen.callSid === callSid ? [seen.status] : [],
  );
  expect(shown).toContain("ringing");
}

/** The recording of the call plays, and can be listened to from any place. */
async function seeRecording(witness: Witness, { callSid, recordingSid }: CallResult): Promise<void> {
  const row = witness.page.locator(`[data-call="${callSid}"]`);
  const audio = row.locator("audio");
  await audio.waitFor();
  const times = await audio.evaluate(playPast, 0.1);
  expect(times.at(-1)).toBeGreaterThan(0.1);
  const { at, asked } = await audio.evaluate(seekNearEnd, 0.3);
  expect(at).toBeCloseTo(asked, 1);
  expect(asked).toBeCloseTo(speaksSeconds - 0.3, 1);
  await witness.until(
    "a part of the recording",
    (seen) => seen.kind === "recording" && seen.sid === recordingSid && seen.status === 206,
  );
  await row.and(witness.page.locator('[data-status="completed"]')).waitFor();
}

it("overlooks no error of a page, and excuses only what a dead server brings with it", async () => {
  const plain = createServer((_request, response) => {
    response.setHeader("Content-Type", "text/html").end("<!doctype html><link rel=icon href=data:>");
  });
  plain.listen(0, "127.0.0.1");
  await once(plain, "listening");
  const origin = `http://127.0.0.1:${portOf(plain)}`;
  const witness = await Witness.open(browser, origin);
  const end = async (url: string) => {
    await witness.page.evaluate((of) => fetch(of, { mode: "no-cors" }).catch(() => {}), url);
  };
  try {
    expect(witness.faults).toEqual([]);
    await witness.page.evaluate(() => {
      console.error("said");
      setTimeout(() => {
        throw new Error("thrown");
      });
    });
    plain.closeAllConnections();
    await new Promise((resolve) => plain.close(resolve));
    await end(`${origin}/alive`);
    witness.serverIsDead();
    await end(`${origin}/dead`);
    await end("http://127.0.0.1:9/another");
    await witness.page.evaluate(() => console.error("said of the dead"));
    const of = (faults: readonly string[], part: string) => faults.some((fault) => fault.includes(part));
    for (const part of ["threw: thrown", "console: said", "/alive", "/another", "said of the dead"]) {
      expect(of(witness.faults, part), part).toBe(true);
    }
    expect(of(witness.faults, "/dead")).toBe(false);
    expect(of(witness.broken, "/dead")).toBe(true);
  } finally {
    await witness.close();
  }
});

it("shows a call side by side, as it comes over each transport, on the page that compares", async () => {
  const twilio = { twilioAccountSid: account.accountSid, twilioAuthToken: account.authToken };
  const own = await KillableServer.start("ws", twilio);
  const others: ServerName[] = ["polling", "streaming"];
  const peers = await Promise.all(
    others.map((name) => KillableServer.start(name, { ...twilio, allowedOrigins: [own.origin] })),
  );
  await own.kill();
  await own.startAgain({ peers: peers.map(({ origin }) => origin) });
  const witness = await Witness.open(browser, own.origin, "/compare");
  try {
    for (const name of ["ws", ...others]) {
      await witness.page.locator(`[data-server="${name}"][data-connection="live"]`).waitFor();
    }
    await phone.call({
      server: own.origin,
      alsoTo: peers.map(({ origin }) => origin),
      speaksSeconds,
      onStep: () => {},
    });
    const last = await own.lastId();
    expect(last).toBeGreaterThan(0);
    for (const name of ["ws", ...others]) {
      const events = witness.page.locator(`[data-server="${name}"] [data-event]`);
      await events.nth(last - 1).waitFor();
      const ids = await events.evaluateAll((elements) =>
        elements.map(({ dataset }) => Number(dataset.event)),
      );
      expect(ids.toSorted()).toEqual(Array.from({ length: last }, (_, index) => index + 1));
    }
    expect(witness.faults).toEqual([]);
  } finally {
    await witness.close();
    await Promise.all([own, ...peers].map((server) => server.kill()));
  }
});

it.each(["ws", "socketio"] as const)(
  "%s lets no page of a foreign origin subscribe, but one that it was told of",
  async (name) => {
    const foreign = createServer((_request, response) => {
      response.setHeader("Content-Type", "text/html").end("<!doctype html><title>elsewhere</title>");
    });
    foreign.listen(0, "127.0.0.1");
    await once(foreign, "listening");
    const elsewhere = `http://127.0.0.1:${portOf(foreign)}`;
    const [closed, open] = await Promise.all([
      KillableServer.start(name, {}),
      KillableServer.start(name, { allowedOrigins: [elsewhere] }),
    ]);
    const page = await browser.newPage();
    try {
      await page.goto(elsewhere);
      const waysInto = ({ origin }: KillableServer) =>
        page.evaluate(waysIn, { http: origin, ws: origin.replace(/^http/, "ws") });
      expect(await waysInto(closed)).toEqual([]);
      expect((await waysInto(open)).join()).toContain(name);
    } finally {
      await page.close();
      await Promise.all([closed.kill(), open.kill()]);
      foreign.closeAllConnections();
      foreign.close();
    }
  },
);
