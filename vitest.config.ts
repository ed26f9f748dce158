import { defineConfig } from "vitest/config";

/** Tests of pure functions: nothing they load keeps a state, so they can share what they load. */
const pure = ["claims", "stats", "report", "schema", "evidence"].map(
  (part) => `test/bench/${part}/**/*.test.ts`,
);

export default defineConfig({
  test: {
    // Two fill two cores; the third works while another waits, as for a connection to be cut off.
    maxWorkers: 3,
    // What a test waits for has a deadline of its own, which says more than this one.
    testTimeout: 120_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: "pure", include: pure, isolate: false } },
      { extends: true, test: { name: "processes", include: ["test/**/*.test.ts"], exclude: pure } },
    ],
  },
});
