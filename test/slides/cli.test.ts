import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectFolder } from "../../cli/project.ts";
import { chooseRun } from "../../slides/choose-run.ts";

const cli = fileURLToPath(new URL("dist/slides/cli.js", projectFolder));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "slides-"));
});
afterAll(() => rm(folder, { recursive: true }));

function run(args: readonly string[], env: Record<string, string> = {}) {
  return new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
    const options = { cwd: folder, env: { ...process.env, ...env }, timeout: 60_000 };
    execFile(process.execPath, [cli, ...args], options, (error, stdout, stderr) => {
      resolve({ code: error?.code ?? 0, stdout, stderr });
    });
  });
}

describe("npm run slides", () => {
  it.concurrent("says what it can do", async () => {
    const { code, stdout } = await run(["--help"]);
    expect(code).toBe(0);
    for (const option of ["[run]", "--build [folder]", "--pdf [file]", "--record", "--port <number>"])
      expect(stdout).toContain(option);
  });

  it.concurrent.each([
    [["--build", "--pdf"], /cannot be used with/],
    [["--pdf", "--record"], /cannot be used with/],
    [["--port", "70000"], /expected a port/],
    [["no-such-run"], /expected: the id of a run.*\n.*got: no-such-run\n.*next: /],
    [[], /expected: a run at results\/latest or results\/reference\n.*got: neither\n.*next: .*npm run bench/],
  ])("cannot run with %j, and says why", async (args, words) => {
    const { code, stderr } = await run(args);
    expect([code, stderr]).toEqual([2, expect.stringMatching(words)]);
  });

  it.concurrent("cannot record without Chromium, and says how to get one", async () => {
    const { code, stderr } = await run(["--record"], { CHROMIUM_PATH: "/no/such/chromium" });
    expect([code, stderr]).toEqual([2, expect.stringMatching(/got: CHROMIUM_PATH.*\n.*next: .*chromium/)]);
  });
});

describe("the run that fills the deck", () => {
  const put = async (results: string, name: string) => {
    await mkdir(join(results, name), { recursive: true });
    await writeFile(join(results, name, "run.json"), "{}");
  };

  it("is the one that comes with the project, as long as there is no other, and then the latest", async () => {
    const results = join(folder, "some");
    await put(results, "reference");
    const reference = await chooseRun(results, undefined);
    expect(reference.folder).toBe(join(results, "reference"));
    expect(reference.because).toContain("no ");
    await put(results, "latest");
    expect((await chooseRun(results, undefined)).folder).toBe(join(results, "latest"));
    expect((await chooseRun(results, join(results, "reference"))).because).toBe("as named");
  });
});
