import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { cutOffBytes } from "../../../servers/service/feeds.ts";
import { createSharedMemory, SharedSwitchboard } from "../../../servers/threads/shared-switchboard.ts";

const compiled = new URL("../../../dist/servers/threads/", import.meta.url);

/** Runs `body` in `threads` threads, with `memory` as what they share. */
async function inThreads(threads: number, body: string, memory: unknown): Promise<void> {
  const code = `
    const { workerData } = require("node:worker_threads");
    (async () => {
      const { Mutex } = await import("${new URL("mutex.js", compiled)}");
      const { SharedSwitchboard } = await import("${new URL("shared-switchboard.js", compiled)}");
      ${body}
    })();`;
  const workers = Array.from(
    { length: threads },
    () => new Worker(code, { eval: true, workerData: memory, execArgv: [] }),
  );
  await Promise.all(workers.map((worker) => once(worker, "exit")));
}

describe("Mutex", () => {
  it("lets one thread at a time add to a number, and is free after a throw", {
    timeout: 60_000,
  }, async () => {
    const memory = new SharedArrayBuffer(16);
    const body = `
      const mutex = new Mutex(new Int32Array(workerData), 0);
      const sum = new Float64Array(workerData, 8, 1);
      for (let i = 0; i < 20000; i++) {
        try {
          mutex.hold(() => { sum[0] = sum[0] + 1; if (i % 1000 === 0) throw new Error("planned"); });
        } catch (error) { if (error.message !== "planned") throw error; }
      }`;
    await inThreads(4, body, memory);
    expect(new Float64Array(memory, 8, 1)[0]).toBe(80_000);
    expect(new Int32Array(memory)[0]).toBe(0);
  });
});

const options = { dataFolder: "", historyEvents: 10_000, webhooksPerSecond: 0 };

describe("SharedSwitchboard", () => {
  it("numbers events from several threads without gaps, and wakes who sleeps", {
    timeout: 60_000,
  }, async () => {
    const memory = createSharedMemory(4, options.historyEvents);
    const switchboard = new SharedSwitchboard(memory, options);
    const reader = `
      const switchboard = new SharedSwitchboard(workerData, ${JSON.stringify(options)});
      let cursor = 0;
      while (cursor < 1000) {
        const seen = switchboard.signal;
        const page = switchboard.read((history) => history.read(cursor, 1024));
        for (const [index, json] of page.events.entries()) {
          if (JSON.parse(json).id !== page.first + index) throw new Error("wrong id");
        }
        cursor = page.cursor;
        if (cursor === page.last && cursor < 1000) switchboard.sleep(seen, 60000);
      }`;
    const writer = `
      const switchboard = new SharedSwitchboard(workerData, ${JSON.stringify(options)});
      for (let i = 0; i < 250; i++) switchboard.publish({ type: "t", data: i });`;
    await Promise.all([inThreads(3, reader, memory), inThreads(4, writer, memory)]);
    expect(switchboard.read((history) => history.last)).toBe(1_000);
    expect(switchboard.cutOff).toBe(0);
  });

  it("publishes a key once, whichever thread is first", { timeout: 60_000 }, async () => {
    const memory = createSharedMemory(4, options.historyEvents);
    const keys = 200;
    const ids = new Float64Array(new SharedArrayBuffer(keys * 4 * 8));
    const writer = `
      const switchboard = new SharedSwitchboard(workerData.memory, ${JSON.stringify(options)});
      for (let i = 0; i < ${keys}; i++) {
        const { id } = switchboard.publish({ type: "t", data: i, key: "key " + i });
        workerData.ids[i * 4 + Atomics.add(workerData.writers, i, 1)] = id;
      }`;
    await inThreads(4, writer, { memory, ids, writers: new Int32Array(new SharedArrayBuffer(keys * 4)) });
    const given = Array.from({ length: keys }, (_, index) => [...ids.subarray(index * 4, index * 4 + 4)]);
    for (const of of given) expect(new Set(of).size).toBe(1);
    const wanted = Array.from({ length: keys }, (_, index) => index + 1);
    expect(given.map(([id]) => id).sort((a = 0, b = 0) => a - b)).toEqual(wanted);
    expect(new SharedSwitchboard(memory, options).read((history) => history.last)).toBe(keys);
  });

  it("cuts off, once, a subscriber whose write does not return", () => {
    const switchboard = new SharedSwitchboard(createSharedMemory(4, options.historyEvents), options);
    const { slots } = switchboard;
    // The last slot has never been used.
    for (const slot of [0, 1, 2]) slots.open(slot, 70 + slot);
    slots.beginWrite(0, 0);
    slots.beginWrite(1, 0);
    expect(slots.endWrite(1)).toBe(false);
    const cutOff: number[] = [];
    const data = "x".repeat(60_000);
    while (switchboard.read((history) => history.totalBytes) <= 2 * cutOffBytes) {
      cutOff.push(...switchboard.publish({ type: "t", data }).cutOff);
    }
    expect(cutOff).toEqual([70]);
    expect(switchboard.cutOff).toBe(1);
    expect(slots.endWrite(0)).toBe(true);
    expect(slots.endWrite(0)).toBe(false);
  });
});
