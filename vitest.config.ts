import { relative } from "node:path";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * Tests that have a process to themselves: they count what a process has (memory, CPU time, threads, handles), set what
 * all of it shares, or load it so much that others would feel it. All others share one, and what they load.
 */
const alone = [
  "test/conformance/*.test.ts",
  "test/servers/{hostile-requests,launch,process-usage,restart,stopped-subscriber}.test.ts",
  "test/servers/threads/{close,shared-memory,threads,twins}.test.ts",
  "test/servers/service/heartbeat.test.ts",
  "test/bench/bench.test.ts",
  "test/bench/labs/{interrupted,held-memory}.test.ts",
  "test/bench/labs/{museum/*,waiting/postgres}.test.ts",
  "test/bench/network/{accuracy,alarm,namespace,relay}.test.ts",
  "test/bench/probes/{process-memory,threads}.test.ts",
  "test/bench/run/full-disk.test.ts",
  "test/bench/trial/{faults,trial}.test.ts",
  "test/seen/whole-run.test.ts",
];

/** The files that take longest. Begun last, they would leave a core with nothing to do at the end. */
const longest = [
  "test/conformance/cgi.test.ts",
  "test/browser/nine-steps.test.ts",
  "test/bench/bench.test.ts",
  "test/conformance/threads-streaming.test.ts",
  "test/servers/threads/threads.test.ts",
  "test/conformance/socketio-polling.test.ts",
  "test/conformance/threads-comet.test.ts",
  "test/bench/trial/faults.test.ts",
  "test/slides/seen.test.ts",
  "test/seen/whole-run.test.ts",
  "test/bench/report/page/in-browser.test.ts",
  "test/bench/run/full-disk.test.ts",
  "test/conformance/threads-polling.test.ts",
  "test/conformance/socketio.test.ts",
  "test/servers/stopped-subscriber.test.ts",
  "test/bench/labs/interrupted.test.ts",
];

/** Vitest's own order needs a run before this one to know what is long: it goes by the size of a file. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification) => {
      const index = longest.indexOf(relative(import.meta.dirname, moduleId));
      return index === -1 ? longest.length : index;
    };
    return (await super.sort(files)).sort((a, b) => place(a) - place(b));
  }
}

// Where it is set, Node 20 reads all of these certificates each time that it starts, which can take longer than the rest of
// its start. The tests start hundreds of processes, and none asks anyone outside.
delete process.env.NODE_EXTRA_CA_CERTS;

export default defineConfig({
  test: {
    // Two fill two cores; the others work while one waits, as for a connection to be cut off or a recording to play.
    maxWorkers: 4,
    // What a test waits for has a deadline of its own, which says more than this one.
    testTimeout: 120_000,
    hookTimeout: 60_000,
    sequence: { sequencer: LongestFirst },
    projects: [
      { extends: true, test: { name: "alone", include: alone } },
      {
        extends: true,
        test: { name: "shared", include: ["test/**/*.test.ts"], exclude: alone, isolate: false },
      },
    ],
  },
});
