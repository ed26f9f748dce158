import type { Costs, Measured, MemoryReading, SocketMemory } from "./scenario.ts";

/** Of fewer connections, memory each would be mostly what grows once. */
export const connectionsForMemory = 10;

/** Memory beside the server's own resident set, divided by its connections. */
export const memoryPerConnection: Costs = {
  columns: [
    { figure: "pssPerConnection", title: "PSS each", unit: "bytes", better: "lower" },
    { figure: "kernelPerConnection", title: "kernel each, both ends", unit: "bytes", better: "lower" },
  ],
  figures: (measured) => ({
    figures: {
      pssPerConnection: growthEach(measured, ({ pssBytes }) => pssBytes),
      kernelPerConnection: growthEach(measured, ({ sockets }) => sockets && kernelBytes(sockets)),
    },
    notes: [],
  }),
};

/** For the conditions of a scenario that has these figures. */
export const memoryConditions = [
  "PSS is the growth of the proportional set of the server's process and its descendants: pages that processes share count by their share.",
  "Kernel memory is that of the sockets, their buffers included; server and load share one kernel, so both ends of each connection are in it.",
];

function growthEach(
  { memory, ramp }: Measured,
  bytes: (reading: MemoryReading) => number | undefined,
): number | undefined {
  const [unloaded, loaded] = [bytes(memory.unloaded), bytes(memory.loaded)];
  if (unloaded === undefined || loaded === undefined || ramp.connected < connectionsForMemory)
    return undefined;
  return (loaded - unloaded) / ramp.connected;
}

function kernelBytes({ sockets, bytesPerSocket, bufferBytes }: SocketMemory): number {
  return sockets * bytesPerSocket + bufferBytes;
}
