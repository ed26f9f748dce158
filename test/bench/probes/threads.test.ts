import { Worker } from "node:worker_threads";
import { describe, expect, it } from "vitest";
import { parsePageTableBytes, parseStackBytes } from "../../../bench/probes/thread-memory.ts";
import { parseCpuNs, parseSwitches, readThreads } from "../../../bench/probes/threads.ts";

it("adds up both kinds of context switches", () => {
  const status = "Name:\tnode\nThreads:\t11\nvoluntary_ctxt_switches:\t150\nnonvoluntary_ctxt_switches:\t7\n";
  expect(parseSwitches(status)).toBe(157);
  expect(() => parseSwitches("Name:\tnode\n")).toThrow("expected two counts");
});

it("takes the time on the core, not that of waiting for it", () => {
  expect(parseCpuNs("123456789 987654321 42\n")).toBe(123_456_789);
  expect(() => parseCpuNs("")).toThrow("expected three numbers");
});

it("divides the machine's kernel stacks by its threads", () => {
  const meminfo = "MemTotal:  24684380 kB\nKernelStack:    1552 kB\nPageTables:   2432 kB\n";
  expect(parseStackBytes(meminfo, "1.71 1.89 2.03 1/97 21894\n")).toBe(16 * 1024);
  expect(() => parseStackBytes("", "")).toThrow("expected KernelStack");
});

it("takes the page tables of one process", () => {
  expect(parsePageTableBytes("VmLib:\t   1 kB\nVmPTE:\t     640 kB\nVmSwap:\t 0 kB\n")).toBe(640 * 1024);
  expect(() => parsePageTableBytes("")).toThrow("expected a line VmPTE");
});

describe.runIf(process.platform === "linux")("readThreads", () => {
  it("sees a thread come and every one of them switch", async () => {
    const before = readThreads(process.pid);
    const worker = new Worker("require('node:worker_threads').parentPort.once('message', () => {})", {
      eval: true,
      execArgv: [],
    });
    await new Promise((resolve) => worker.once("online", resolve));
    const after = readThreads(process.pid);
    await worker.terminate();
    expect(after.threads).toBeGreaterThan(before.threads);
    expect(after.switches).toBeGreaterThan(before.switches);
    expect(after.cpuMs).toBeGreaterThan(before.cpuMs);
  });
});
