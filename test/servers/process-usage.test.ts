import { afterEach, expect, it } from "vitest";
import { type LaunchedServer, launchServer } from "../../servers/launch.ts";
import { LoopDelayWatch } from "../../servers/loop-delay.ts";

let server: LaunchedServer | undefined;
afterEach(() => server?.kill());

it("counts garbage collections, time and CPU of a server since its start", async () => {
  server = await launchServer("bare");
  const before = (await server.usage()).process;
  const after = (await server.usage({ collectGarbage: true })).process;
  expect(after.gc.count).toBeGreaterThan(before.gc.count);
  expect(after.gc.totalMs).toBeGreaterThan(before.gc.totalMs);
  expect(after.loop.activeMs).toBeGreaterThan(before.loop.activeMs);
  expect(after.cpuMs).toBeGreaterThan(before.cpuMs);
  expect(after.loop.idleMs).toBeGreaterThanOrEqual(before.loop.idleMs);
  expect(after.atMs).toBeGreaterThan(before.atMs);
});

it("watches the delay of the loop only when told to, and anew each time", async () => {
  server = await launchServer("bare");
  expect((await server.usage()).process.loopDelay).toBeUndefined();
  await server.usage({ watchLoopDelay: true });
  let seen = (await server.usage()).process.loopDelay;
  while (seen === undefined || seen.samples < 3) seen = (await server.usage()).process.loopDelay;
  expect(seen.maxMs).toBeGreaterThanOrEqual(seen.p50Ms);
  expect(seen.p50Ms).toBeGreaterThanOrEqual(0);
  const anew = (await server.usage({ watchLoopDelay: true })).process.loopDelay;
  expect(anew?.samples).toBe(0);
  expect(anew?.maxMs).toBe(0);
});

it("sees a stall of the loop, without the interval between two looks", async () => {
  const stallMs = 60;
  const watch = new LoopDelayWatch();
  watch.restart();
  const looks = async (atLeast: number) => {
    while ((watch.read()?.samples ?? 0) < atLeast) await new Promise((resolve) => setTimeout(resolve, 1));
  };
  await looks(1);
  const startMs = performance.now();
  while (performance.now() - startMs < stallMs);
  await looks(2);
  // The stall began at some moment of an interval, which is 6 ms.
  expect(watch.read()?.maxMs).toBeGreaterThan(stallMs - 7);
  expect(watch.read()?.maxMs).toBeLessThan(performance.now() - startMs + 8);
});
