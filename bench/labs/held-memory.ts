import { attempt } from "../probes/reading.ts";
import { readThreadMemory } from "../probes/thread-memory.ts";
import type { LabBench } from "./bench.ts";

/** Memory that a server takes with so many connections, as far as this machine tells. */
export interface HeldMemory {
  readonly connections: number;
  /** Its proportional set, with all descendants. */
  readonly processBytes: number | undefined;
  /** What the kernel takes for its threads, its page tables and its ends of the connections. */
  readonly kernelBytes: number | undefined;
}

export async function readHeldMemory(bench: LabBench, pid: number, connections: number): Promise<HeldMemory> {
  const { pssBytes, sockets } = await bench.probes.memory(pid);
  const threads = await attempt(() => readThreadMemory(pid));
  const known = sockets !== undefined && "value" in threads;
  return {
    connections,
    processBytes: pssBytes,
    // Server and load share one kernel, and each has one end of every connection.
    kernelBytes: known
      ? threads.value + (sockets.sockets * sockets.bytesPerSocket + sockets.bufferBytes) / 2
      : undefined,
  };
}

/** What one connection more takes. */
export interface MemoryEach {
  readonly processEach: number | undefined;
  readonly kernelEach: number | undefined;
  /** Both together. */
  readonly memoryEach: number | undefined;
}

/** V8's heap grows by pages of 256 KiB: a growth of few of them says more of these than of connections. */
const leastGrowthBytes = 1024 * 1024;

/** The growth from the one to the other, divided by the connections that came in between. */
export function memoryEach(fewer: HeldMemory, more: HeldMemory): MemoryEach {
  const added = more.connections - fewer.connections;
  const processBytes = difference(fewer.processBytes, more.processBytes);
  const kernelBytes = difference(fewer.kernelBytes, more.kernelBytes);
  const allBytes =
    processBytes === undefined || kernelBytes === undefined ? undefined : processBytes + kernelBytes;
  const readable = (processBytes ?? 0) + (kernelBytes ?? 0) >= leastGrowthBytes;
  const each = (bytes: number | undefined) =>
    bytes === undefined || added === 0 || !readable ? undefined : bytes / added;
  return { processEach: each(processBytes), kernelEach: each(kernelBytes), memoryEach: each(allBytes) };
}

function difference(fewer: number | undefined, more: number | undefined): number | undefined {
  return fewer === undefined || more === undefined ? undefined : more - fewer;
}
