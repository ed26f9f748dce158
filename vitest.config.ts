import { defineConfig } from "vitest/config";

/**
 * Tests that have a process to themselves: they count what a process has (memory, CPU time, threads, handles), set what
 * all of it shares, or load it so much that others would feel it. All others share one, and what they load.
 */
const alone = [
  "test/conformance/*.test.ts",
  "test/servers/*.test.ts",
  "test/servers/threads/*.test.ts",
  "test/servers/service/heartbeat.test.ts",
  "test/bench/*.test.ts",
  "test/bench/{network,probes,run,trial}/*.test.ts",
  "test/bench/labs/{interrupted,held-memory}.test.ts",
  "test/bench/labs/{museum,waiting}/*.test.ts",
];

export default defineConfig({
  test: {
    // Two fill two cores; the third works while another waits, as for a connection to be cut off.
    maxWorkers: 3,
    // What a test waits for has a deadline of its own, which says more than this one.
    testTimeout: 120_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: "alone", include: alone } },
      {
        extends: true,
        test: { name: "shared", include: ["test/**/*.test.ts"], exclude: alone, isolate: false },
      },
    ],
  },
});
