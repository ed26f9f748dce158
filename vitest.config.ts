import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Two fill two cores; the third works while another waits, as for a connection to be cut off.
    maxWorkers: 3,
    // What a test waits for has a deadline of its own, which says more than this one.
    testTimeout: 120_000,
    hookTimeout: 60_000,
  },
});
