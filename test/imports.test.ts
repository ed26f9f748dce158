import { execFile } from "node:child_process";
import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";

const refused: readonly [path: string, module: string, message: string][] = [
  ["servers/contract.ts", "./service/feeds.ts", "contract.ts imports nothing"],
  ["servers/contract.ts", "node:net", "contract.ts imports nothing"],
  ["servers/ws/server.ts", "../tcp/frames.ts", "A server imports"],
  ["servers/ws/server.ts", "../index.ts", "A server imports"],
  ["servers/ws/server.ts", "../../bench/result.ts", "A server imports"],
  ["servers/ws/server.ts", "../../conformance/suite.ts", "A server imports"],
  ["servers/threads/worker/pool.ts", "../../ws/server.ts", "A server imports"],
  ["servers/threads/worker/pool.ts", "../../../bench/result.ts", "A server imports"],
  ["servers/http/app.ts", "../ws/server.ts", "A server imports"],
  ["servers/service/feeds.ts", "../http/app.ts", "service/ imports"],
  ["servers/service/feeds.ts", "../ws/server.ts", "service/ imports"],
  ["servers/service/feeds.ts", "node:net", "no sockets"],
  ["servers/service/feeds.ts", "node:http", "no sockets"],
  ["servers/service/feeds.ts", "express", "no sockets"],
  ["servers/service/feeds.ts", "socket.io", "no sockets"],
  ["servers/service/webhooks/twilio.ts", "../../http/app.ts", "service/ imports"],
  ["servers/service/webhooks/twilio.ts", "ws", "no sockets"],
  ["bench/trial/trial.ts", "../../servers/service/feeds.ts", "reach servers through"],
  ["bench/load/publisher.ts", "../../servers/ws/client.ts", "reach servers through"],
  ["conformance/suite.ts", "../servers/http/app.ts", "reach servers through"],
  ["conformance/checks/storm.ts", "../../servers/main.ts", "reach servers through"],
  ["bench/scenarios/fan-out.ts", "node:fs/promises", "are pure"],
  ["bench/scenarios/fan-out.ts", "../load/publisher.ts", "are pure"],
  ["bench/charts/axis.ts", "node:http", "are pure"],
  ["bench/stats/bootstrap.ts", "node:timers/promises", "are pure"],
  ["bench/stats/bootstrap.ts", "../../servers/service/feeds.ts", "reach servers through"],
  ["bench/claims/ingest.ts", "node:child_process", "are pure"],
  ["bench/trial/trial.ts", "../../test/fixtures.ts", "Nothing imports test/"],
  ["bench/stats/bootstrap.ts", "../../test/fixtures.ts", "Nothing imports test/"],
  ["servers/index.ts", "../test/fixtures.ts", "Nothing imports test/"],
  ["cli/command.ts", "../test/fixtures.ts", "Nothing imports test/"],
  ["cli/chromium.ts", "../test/fixtures.ts", "Nothing imports test/"],
  ["cli/command.ts", "playwright-core", "by cli/chromium.ts alone"],
  ["bench/load/browser-process.ts", "playwright-core", "by cli/chromium.ts alone"],
  ["servers/ws/server.ts", "playwright-core", "by cli/chromium.ts alone"],
  ["test/browser/page.test.ts", "playwright-core", "by cli/chromium.ts alone"],
];

const lawful: readonly [path: string, module: string][] = [
  ["servers/index.ts", "./ws/server.ts"],
  ["servers/ws/server.ts", "../contract.ts"],
  ["servers/ws/server.ts", "../service/webhooks/dialect.ts"],
  ["servers/ws/server.ts", "../../cli/project.ts"],
  ["servers/service/resources.ts", "../../cli/project.ts"],
  ["servers/ws/server.ts", "../http/app.ts"],
  ["servers/ws/server.ts", "./sink.ts"],
  ["servers/ws/server.ts", "ws"],
  ["servers/threads/server.ts", "node:worker_threads"],
  ["servers/threads/worker/pool.ts", "../libc.ts"],
  ["servers/threads/worker/pool.ts", "../../service/history.ts"],
  ["servers/http/app.ts", "../service/answer.ts"],
  ["servers/service/feeds.ts", "../contract.ts"],
  ["servers/service/feeds.ts", "./history.ts"],
  ["servers/service/feeds.ts", "node:crypto"],
  ["servers/service/webhooks/twilio.ts", "../http-answer.ts"],
  ["servers/service/webhooks/twilio.ts", "../../contract.ts"],
  ["bench/trial/trial.ts", "../../servers/launch.ts"],
  ["bench/load/publisher.ts", "../../servers/contract.ts"],
  ["bench/scenarios/fan-out.ts", "../../servers/contract.ts"],
  ["bench/stats/bootstrap.ts", "./histogram.ts"],
  ["conformance/suite.ts", "../servers/index.ts"],
  ["cli/chromium.ts", "playwright-core"],
  ["bench/load/browser-process.ts", "../../cli/chromium.ts"],
  ["test/servers/list.test.ts", "../../servers/service/feeds.ts"],
];

/** The part of Biome's JSON report that says what was refused and where. */
interface Report {
  readonly diagnostics: readonly {
    readonly category: string;
    readonly message: string;
    readonly location: { readonly path: string; readonly start: { readonly line: number } };
  }[];
}

const root = join(import.meta.dirname, "..");
const biome = join(root, "node_modules/@biomejs/biome/bin/biome");

/** Runs the real linter, with the project's configuration, on `files`: the lines of each, by its path. */
async function lint(files: ReadonlyMap<string, readonly string[]>): Promise<Report> {
  const folder = await mkdtemp(join(tmpdir(), "imports-"));
  try {
    await cp(join(root, "biome.json"), join(folder, "biome.json"));
    for (const [path, lines] of files) {
      await mkdir(dirname(join(folder, path)), { recursive: true });
      await writeFile(join(folder, path), lines.join("\n"));
    }
    const args = [biome, "lint", "--vcs-enabled=false", "--reporter=json", "--max-diagnostics=none", "."];
    const output = await new Promise<string>((resolve) => {
      execFile(process.execPath, args, { cwd: folder }, (_refused, stdout) => resolve(stdout));
    });
    return JSON.parse(output);
  } finally {
    await rm(folder, { recursive: true });
  }
}

describe("the linter", () => {
  let report: Report;
  const files = new Map<string, string[]>();

  beforeAll(async () => {
    for (const [path, module] of [...refused, ...lawful]) {
      const lines = files.get(path) ?? [];
      files.set(path, [...lines, `export * from "${module}";`]);
    }
    report = await lint(files);
  });

  function refusalsOf(path: string, module: string): string[] {
    const line = 1 + (files.get(path) ?? []).indexOf(`export * from "${module}";`);
    return report.diagnostics
      .filter(({ category }) => category === "lint/style/noRestrictedImports")
      .filter(({ location }) => location.path === path && location.start.line === line)
      .map(({ message }) => message);
  }

  it.each(refused)("refuses in %s the import of %s", (path, module, message) => {
    expect(refusalsOf(path, module).join()).toContain(message);
  });

  it.each(lawful)("takes in %s the import of %s", (path, module) => {
    expect(refusalsOf(path, module)).toEqual([]);
  });

  it("takes the project as it is, with every import in place", async () => {
    const args = [biome, "lint", "--only=style/noRestrictedImports", "."];
    const code = await new Promise((resolve) => {
      execFile(process.execPath, args, { cwd: root }, (error) => resolve(error?.code ?? 0));
    });
    expect(code).toBe(0);
  });
});
