/** Threads with no connection and nothing to do, so that what is the thread's own is told from what serving takes. */

import type { LabBench } from "../bench.ts";
import { type HeldMemory, memoryEach, readHeldMemory } from "../held-memory.ts";
import type { LabReading } from "../lab.ts";
import type { EmptyIsolatesMethods } from "./empty-isolates.ts";
import { startNative } from "./native-process.ts";
import { compileNative } from "./native-programs.ts";

export async function measureIsolatesAlone(bench: LabBench, count: number): Promise<LabReading> {
  const isolates = bench.start<EmptyIsolatesMethods>("threads/empty-isolates.ts", "server");
  return measureAlone(bench, isolates.pid ?? 0, count, (more) => isolates.call("start", more));
}

export async function measureNativeThreadsAlone(bench: LabBench, count: number): Promise<LabReading> {
  const compiled = await compileNative("alone");
  if ("exempt" in compiled) return compiled;
  const native = startNative(bench, compiled.file);
  return measureAlone(bench, native.pid, count, async (more) => {
    const answer = native.line();
    native.tell(String(more));
    return Number(await answer) / 1e6;
  });
}

/** `start` gives how many milliseconds it took to start so many more. */
async function measureAlone(
  bench: LabBench,
  pid: number,
  count: number,
  start: (more: number) => Promise<number>,
): Promise<LabReading> {
  // What is there once, for the first of them, is there before the others.
  await start(1);
  const before: HeldMemory = await readHeldMemory(bench, pid, 0);
  const durationMs = await start(count);
  const after = await readHeldMemory(bench, pid, count);
  return {
    figures: { held: count, startUsEach: (durationMs * 1_000) / count, ...memoryEach(before, after) },
  };
}
