import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Each conformance file runs a server and subscribers beside it: two at a time fill two cores.
    maxWorkers: 2,
    // What a test waits for has a deadline of its own, which says more than this one.
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
