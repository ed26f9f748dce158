import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Browser, launchChromium, type Page } from "../../cli/chromium.ts";
import { type CallResult, type FakeTwilio, startFakeTwilio } from "../../demo/fake-twilio/fake-twilio.ts";
import { portIn } from "../../demo/hosts.ts";
import { ServerProcess } from "../../demo/server-process.ts";
import { portOf } from "../../servers/http/http-server.ts";
import { type ServerName, serverNames } from "../../servers/index.ts";
import { playPast, seekNearEnd, waysIn } from "./in-page.ts";
import { type Seen, Witness } from "./witness.ts";

/** As many as two cores can serve without making each other wait for long. */
const atOnce = 3;

const account = { accountSid: `AC${"0123456789abcdef".repeat(2)}`, authToken: "known to both" };

/** Speaking takes a twentieth of its time. */
const pace = 0.05;
const speaksSeconds = 2;

interface Closable {
  close(): Promise<unknown>;
}
/** What is to be closed at the end, also where only a part of it could be started. */
const open: Closable[] = [];
const keep = async <Kept extends Closable>(starting: Promise<Kept>): Promise<Kept> => {
  const started = await starting;
  open.push(started);
  return started;
};

let browser: Browser;
let phone: FakeTwilio;
beforeAll(async () => {
  [browser, phone] = await Promise.all([keep(launchChromium()), keep(startFakeTwilio({ ...account, pace }))]);
});
afterAll(async () => {
  await Promise.all(open.map((each) => each.close()));
});

/** Runs until the test has it closed. */
const forever = () => new AbortController().signal;

const groups = Array.from({ length: Math.ceil(serverNames.length / atOnce) }, (_, group) =>
  serverNames.slice(group * atOnce, (group + 1) * atOnce),
);

describe.each(groups.map((group) => ({ group })))("on $group", ({ group }) => {
  it.concurrent.each(group)(
    "%s: the nine steps of a call are seen, and those of one in which the server is killed",
    async (name) => {
      const dataFolder = await mkdtemp(join(tmpdir(), `${name}-`));
      const server = new ServerProcess(
        name,
        {
          dataFolder,
          twilioApi: phone.url,
          twilioAccountSid: account.accountSid,
          twilioAuthToken: account.authToken,
        },
        forever(),
      );
      let witness: Witness | undefined;
      try {
        await server.start();
        witness = await Witness.open(browser, server.endpoints.http);
        await witness.until("the page to be live", isConnection("live"));
        await publishOther(server);
        await seeCall(witness, server);
        await seeCallThroughDeath(witness, server);
      } finally {
        await witness?.close();
        // Not killed: that of cgi has what it cannot leave behind.
        await server.close();
        await rm(dataFolder, { recursive: true });
      }
    },
  );
});

const isConnection = (state: string) => (seen: Seen) => seen.kind === "connection" && seen.state === state;
const isStep = (number: number) => (seen: Seen) => seen.kind === "step" && seen.number === number;
const isEvent = (type: string, callSid: string) => (seen: Seen) =>
  seen.kind === "event" && seen.type === type && seen.callSid === callSid;

/** An event that is about no call. */
async function publishOther({ endpoints }: ServerProcess): Promise<void> {
  const headers = { "Content-Type": "application/json" };
  const answer = await fetch(`${endpoints.http}/hooks/test`, { method: "POST", headers, body: "{}" });
  expect(answer.status).toBe(202);
}

/** One call from its first step to its last, on both sides. */
async function seeCall(witness: Witness, server: ServerProcess): Promise<void> {
  const call = await phone.call({
    server: server.endpoints.http,
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
  await seeStates(witness, callSid);
  expect(witness.faults).toEqual([]);
}

/** One call in which the server dies when the caller speaks, and comes back. */
async function seeCallThroughDeath(witness: Witness, server: ServerProcess): Promise<void> {
  let dying: Promise<void> | undefined;
  const from = witness.seen.length;
  const call = await phone.call({
    server: server.endpoints.http,
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
  await seeStates(witness, callSid);
  const states = witness.seen.slice(from).flatMap((seen) => (seen.kind === "connection" ? [seen.state] : []));
  expect(states[0]).toBe("reconnecting");
  expect(states.at(-1)).toBe("live");
  expect(witness.faults).toEqual([]);
}

async function dieAndComeBack(witness: Witness, server: ServerProcess): Promise<void> {
  const from = witness.seen.length;
  witness.serverIsDead();
  await server.kill();
  const lost = await witness.until("the page to notice", isConnection("reconnecting"), from);
  await server.start();
  await witness.until("the page to be live again", isConnection("live"), lost);
}

/** Every event that the server has, the page has had: once, in order, none left out; and it has a place for each. */
async function seeAllEvents(witness: Witness, server: ServerProcess): Promise<void> {
  const last = await lastIdOf(server);
  await witness.until(`event ${last}`, (seen) => seen.kind === "event" && seen.id === last);
  const ids = witness.seen.flatMap((seen) => (seen.kind === "event" ? [seen.id] : []));
  expect(ids).toEqual(Array.from({ length: last }, (_, index) => index + 1));
  const events = witness.seen.flatMap((seen) => (seen.kind === "event" ? [seen] : []));
  const callSids = new Set(events.flatMap(({ callSid }) => callSid || []));
  const rows = await witness.page
    .locator("[data-call]")
    .evaluateAll((elements) => elements.map(({ dataset }) => dataset.call ?? ""));
  expect(rows.toSorted()).toEqual([...callSids].toSorted());
  const others = witness.page.locator("#events [data-event]");
  await others.first().waitFor();
  expect(
    await others.evaluateAll((elements) => elements.map(({ dataset }) => Number(dataset.event))),
  ).toEqual(events.flatMap(({ id, callSid }) => (callSid === "" ? [id] : [])).reverse());
}

/** The page has shown every state of the call, each once, in the order in which a call comes to them. */
async function seeStates(witness: Witness, callSid: string): Promise<void> {
  await witness.page.locator(`[data-call="${callSid}"][data-status="completed"]`).waitFor();
  const shown = witness.seen.flatMap((seen) =>
    seen.kind === "shown" && seen.callSid === callSid ? [seen.status] : [],
  );
  expect(shown).toEqual(["initiated", "ringing", "in-progress"]);
}

/** The id of the last event that the server has. */
async function lastIdOf({ endpoints }: ServerProcess): Promise<number> {
  const answer = await fetch(`${endpoints.http}/server.json`);
  const about = (await answer.json()) as { readonly last: number };
  return about.last;
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
}

it("overlooks no error of a page, and excuses only what a dead server brings with it", async () => {
  const plain = createServer((_request, response) => {
    response.setHeader("Content-Type", "text/html").end("<!doctype html><link rel=icon href=data:>");
  });
  plain.listen(0, "127.0.0.1");
  await once(plain, "listening");
  const origin = `http://127.0.0.1:${portOf(plain)}`;
  let opened: Witness | undefined;
  try {
    const witness = await Witness.open(browser, origin);
    opened = witness;
    const end = async (url: string) => {
      await witness.page.evaluate((of) => fetch(of, { mode: "no-cors" }).catch(() => {}), url);
    };
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
    await opened?.close();
    plain.closeAllConnections();
    plain.close();
  }
});

it("shows a call side by side, as it comes over each transport, on the page that compares", async () => {
  const names: ServerName[] = ["ws", "polling", "streaming"];
  const twilio = { twilioAccountSid: account.accountSid, twilioAuthToken: account.authToken };
  const first = new ServerProcess("ws", twilio, forever());
  await first.start();
  const own = first.endpoints.http;
  const peers = names
    .slice(1)
    .map((name) => new ServerProcess(name, { ...twilio, allowedOrigins: [own] }, forever()));
  const servers = [first, ...peers];
  let witness: Witness | undefined;
  try {
    await Promise.all(peers.map((peer) => peer.start()));
    const origins = peers.map(({ endpoints }) => endpoints.http);
    // Each has to know of the other's port.
    await first.close();
    const known = new ServerProcess("ws", { ...twilio, port: portIn(own), peers: origins }, forever());
    servers[0] = known;
    await known.start();
    witness = await Witness.open(browser, own, "/compare");
    const { page } = witness;
    for (const name of names) await page.locator(`[data-server="${name}"][data-connection="live"]`).waitFor();
    await phone.call({ server: own, alsoTo: origins, speaksSeconds, onStep: () => {} });
    for (const server of servers) {
      const last = await lastIdOf(server);
      expect(last).toBeGreaterThan(0);
      const events = page.locator(`[data-server="${server.name}"] [data-event]`);
      await events.nth(last - 1).waitFor();
      const ids = await events.evaluateAll((elements) =>
        elements.map(({ dataset }) => Number(dataset.event)),
      );
      expect(ids).toEqual(Array.from({ length: last }, (_, index) => last - index));
    }
    expect(witness.faults).toEqual([]);
    witness.serverIsDead();
    await known.kill();
    await page.getByRole("button", { name: "Try now" }).waitFor();
    await page.locator("#announcer", { hasText: "ws: Reconnecting" }).waitFor({ state: "attached" });
  } finally {
    await witness?.close();
    await Promise.all(servers.map((server) => server.close()));
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
    const closed = new ServerProcess(name, {}, forever());
    const open = new ServerProcess(name, { allowedOrigins: [elsewhere] }, forever());
    let page: Page | undefined;
    try {
      await Promise.all([closed.start(), open.start()]);
      const opened = await browser.newPage();
      page = opened;
      await opened.goto(elsewhere);
      const waysInto = ({ endpoints: { http } }: ServerProcess) =>
        opened.evaluate(waysIn, { http, ws: http.replace(/^http/, "ws") });
      expect(await waysInto(closed)).toEqual([]);
      expect((await waysInto(open)).join()).toContain(name);
    } finally {
      await page?.close();
      await Promise.all([closed.kill(), open.kill()]);
      foreign.closeAllConnections();
      foreign.close();
    }
  },
);
