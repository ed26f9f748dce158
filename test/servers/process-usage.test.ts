import { afterEach, expect, it } from "vitest";
import { type LaunchedServer, launchServer } from "../../servers/launch.ts";

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
