import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { BrowserMethods } from "../../../bench/load/browser-process.ts";
import { nowMs } from "../../../bench/load/clock.ts";
import { KeptBrowser } from "../../../bench/load/kept-browser.ts";
import type { LoadProcess } from "../../../bench/load/rpc.ts";
import { LatencyHistogram } from "../../../bench/stats/histogram.ts";

/** A page that keeps to what the load goes by, and has what it is told from its server. */
const page = `<!doctype html><html data-connection="connecting"><script>
  const html = document.documentElement;
  const source = new EventSource("/told");
  source.onopen = () => { html.dataset.connection = "live"; };
  source.onmessage = ({ data }) => {
    const receivedAtMs = performance.timeOrigin + performance.now();
    const event = JSON.parse(data);
    if (event.id === undefined) html.dataset.connection = event.connection;
    else document.dispatchEvent(new CustomEvent("eventreceived", { detail: { event, receivedAtMs } }));
  };
</script></html>`;

/** Pages that are open. */
const told = new Set<ServerResponse>();
const server = createServer((request, response) => {
  if (request.url !== "/told") {
    response.setHeader("Content-Type", "text/html").end(page);
    return;
  }
  response.setHeader("Content-Type", "text/event-stream").flushHeaders();
  told.add(response);
  response.on("close", () => told.delete(response));
});
const browser = new KeptBrowser(undefined);
let http: string;
const usualFolder = process.env.TMPDIR;
let temporary: string;

beforeAll(async () => {
  temporary = await mkdtemp(join(tmpdir(), "browser-"));
  process.env.TMPDIR = temporary;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  http = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  await browser.end();
  if (usualFolder === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = usualFolder;
  await rm(temporary, { recursive: true });
  server.closeAllConnections();
  server.close();
});

function tell(message: unknown): void {
  for (const response of told) response.write(`data: ${JSON.stringify(message)}\n\n`);
}

function tellEvent(id: number, data: unknown): void {
  tell({ id, type: "hook.bench", at: 0, data });
}

async function openPage(): Promise<LoadProcess<BrowserMethods>> {
  const pages = browser.take();
  const order = { transport: "streaming", pollMs: 0, waitSeconds: 0, perSecond: 1, atOnce: 1 } as const;
  const ramped = await pages.call("ramp", {
    ...order,
    endpoints: { http },
    count: 1,
    localAddresses: [],
    forMs: 20_000,
  });
  expect(ramped).toMatchObject({ connected: 1, failures: {} });
  return pages;
}

it("times what a page receives on the load's clock, each event once, and counts connections that were lost", async () => {
  const pages = await openPage();
  await pages.call("reset", undefined);
  const agesMs = [100, 100, 100, 250];
  for (const [index, ageMs] of agesMs.entries()) tellEvent(index + 1, { intendedMs: nowMs() - ageMs });
  tellEvent(agesMs.length, { intendedMs: nowMs() });
  tellEvent(agesMs.length + 1, "not of the load");
  tell({ connection: "reconnecting" });
  tell({ connection: "live" });
  expect(await pages.call("awaitEvents", { count: 5, timeoutMs: 20_000 })).toBe(0);
  const received = await pages.call("collect", undefined);
  expect(received).toMatchObject({
    events: 4,
    repeated: 1,
    ended: { "the page lost its connection": 1 },
  });
  const { clockUncertaintyMs = 0, histogram, utilisation } = received;
  expect(clockUncertaintyMs).toBeGreaterThan(0.1);
  expect(utilisation).toBeGreaterThan(0);
  const latency = LatencyHistogram.decode(histogram);
  // Not sooner than they were sent, as far as the clock is known; three digits of each are kept.
  expect(latency.percentileMs(50)).toBeGreaterThan(100 - clockUncertaintyMs - 0.2);
  expect(latency.percentileMs(100)).toBeGreaterThan(250 - clockUncertaintyMs - 0.5);

  await pages.call("reset", undefined);
  expect(await pages.call("awaitEvents", { count: 1, timeoutMs: 1 })).toBe(1);
  tellEvent(agesMs.length, { intendedMs: nowMs() });
  expect(await pages.call("awaitEvents", { count: 1, timeoutMs: 20_000 })).toBe(0);
  expect(await pages.call("collect", undefined)).toMatchObject({ events: 0, repeated: 1 });
});

it("keeps the browser from trial to trial; it leaves nothing behind, and another is started when it has ended", async () => {
  const { pid, ended } = browser.take();
  await browser.release();
  expect((await openPage()).pid).toBe(pid);
  await browser.end();
  expect(await ended).toContain("code 0");
  expect(await readdir(temporary)).toEqual([]);
  expect(browser.take().pid).not.toBe(pid);
});
