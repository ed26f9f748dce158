/**
 * A load process whose subscribers are pages in a browser: it does what `subscribers-process.ts` does, with a Chromium
 * of its own, which ends with it.
 */
import { setTimeout } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import { type Browser, type BrowserContext, launchChromium } from "../../cli/chromium.ts";
import { LatencyHistogram } from "../stats/histogram.ts";
import { BrowserCpu } from "./browser-cpu.ts";
import { nowMs } from "./clock.ts";
import { addCounts, count, sumOf } from "./counts.ts";
import { SubscribedPage } from "./page.ts";
import type { Ramped, RampOrder } from "./ramp.ts";
import { serve } from "./rpc.ts";
import type { Received } from "./subscribers-process.ts";

// At once: the server is started meanwhile. Who ramps is told when it does not come up.
const launching = launch();
launching.catch(() => {});

async function launch(): Promise<{ readonly browser: Browser; readonly cpu: BrowserCpu }> {
  const browser = await launchChromium();
  return { browser, cpu: await BrowserCpu.of(browser) };
}

/** What the browser gets to end by itself, which it is to do before its parent loses patience. */
const closeMs = 3_000;

/** Each page has one. */
let contexts: BrowserContext[] = [];
let pages: SubscribedPage[] = [];
let utilisation: (() => Promise<number>) | undefined;

/** Opens pages, one after the other, each with nothing kept from the ones before. */
async function openPages(order: RampOrder): Promise<Ramped> {
  const startMs = nowMs();
  const rssBytes = process.memoryUsage.rss();
  const { browser, cpu } = await launching;
  const utilisationOfRamp = await cpu.countUtilisation();
  const failures: Record<string, number> = {};
  const before = pages.length;
  for (let page = 0; page < order.count; page++) {
    const leftMs = startMs + order.forMs - nowMs();
    if (leftMs <= 0) break;
    // What it draws is drawn on the load's core: in a small window, and without what moves.
    const context = await browser.newContext({
      viewport: { width: 640, height: 480 },
      reducedMotion: "reduce",
    });
    contexts.push(context);
    await SubscribedPage.open(context, order.endpoints.http, leftMs).then(
      (opened) => pages.push(opened),
      (error: unknown) =>
        count(failures, stripVTControlCharacters(error instanceof Error ? error.message : String(error))),
    );
  }
  await cpu.untilQuiet(startMs + order.forMs - nowMs());
  return {
    connected: pages.length - before,
    durationMs: nowMs() - startMs,
    utilisation: await utilisationOfRamp(),
    memoryBytes: process.memoryUsage.rss() - rssBytes,
    failures,
  };
}

/** Closes all pages, and forgets them. */
async function closePages(): Promise<void> {
  const closing = contexts.map((context) => context.close());
  contexts = [];
  pages = [];
  await Promise.all(closing);
}

async function reset(): Promise<void> {
  await Promise.all(pages.map((page) => page.reset()));
  const { cpu } = await launching;
  utilisation = await cpu.countUtilisation();
}

async function awaitEvents({ count, timeoutMs }: { count: number; timeoutMs: number }): Promise<number> {
  return sumOf(await Promise.all(pages.map((page) => page.awaitEvents(count / pages.length, timeoutMs))));
}

async function collect(): Promise<Received> {
  // First of all: comparing the clocks is work too.
  const share = await utilisation?.();
  const received = await Promise.all(pages.map((page) => page.collect()));
  const latencies = new LatencyHistogram();
  for (const latencyMs of received.flatMap(({ latenciesMs }) => latenciesMs)) latencies.record(latencyMs);
  return {
    events: latencies.count,
    repeated: sumOf(received.map(({ repeated }) => repeated)),
    ended: addCounts(pages.map(({ ended }) => ended)),
    histogram: latencies.encode(),
    utilisation: share ?? 0,
    clockUncertaintyMs: Math.max(0, ...received.map(({ clockUncertaintyMs }) => clockUncertaintyMs)),
    // The sockets are the browser's, which counts no bytes on them.
    bytesIn: 0,
    bytesOut: 0,
  };
}

/** One event at a time, and its latency at once, would take a clock that is compared each time. */
function nextRound(): number[] {
  throw new Error("expected traffic on a schedule for pages in a browser, got rounds");
}

const methods = { ramp: openPages, reset, awaitEvents, nextRound, collect, closePages };
export type BrowserMethods = typeof methods;

/** A browser that is killed leaves folders behind; one that is closed takes them with it. */
serve(methods, async () => {
  const closing = launching.then(
    ({ browser }) => browser.close(),
    // Who ramped was told.
    () => {},
  );
  await Promise.race([closing, setTimeout(closeMs)]);
});
