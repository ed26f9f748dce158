import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { projectFolder } from "../../cli/project.ts";
import { chooseRun } from "../../slides/choose-run.ts";
import { liveNames } from "../../slides/live/embed.ts";
import { inventedRun } from "../bench/fixtures/run.ts";

const cli = fileURLToPath(new URL("dist/slides/cli.js", projectFolder));

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "slides-"));
});
afterAll(() => rm(folder, { recursive: true }));

function run(args: readonly string[], env: Record<string, string> = {}, cwd = folder) {
  return new Promise<{ code: unknown; stdout: string; stderr: string }>((resolve) => {
    const options = { cwd, env: { ...process.env, ...env }, timeout: 60_000 };
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

describe("with a run", () => {
  let home: string;
  beforeAll(async () => {
    home = join(folder, "home");
    await mkdir(join(home, "results/reference"), { recursive: true });
    await writeFile(join(home, "results/reference/run.json"), JSON.stringify(inventedRun({ blocks: 1 })));
  });

  it.concurrent("builds a folder that opens from disk, and says of what run", async () => {
    const { code, stdout, stderr } = await run(["--build", "built"], {}, home);
    expect([code, stderr]).toEqual([0, ""]);
    expect(stdout).toMatch(/^Filled from results\/reference \(there is no results\/latest yet/);
    const page = await readFile(join(home, "built/index.html"), "utf8");
    expect(page).toContain('data-live="recorded"');
    for (const name of liveNames)
      expect((await stat(join(home, `built/pictures/${name}.png`))).size).toBeGreaterThan(0);
  });

  it.concurrent("serves the deck with the demo in it until it is interrupted, and leaves nothing behind", async () => {
    const shown = spawn(process.execPath, [cli], { cwd: home, stdio: ["ignore", "pipe", "inherit"] });
    // Its output ends when no process is left that could write to it.
    const closed = once(shown, "close");
    let stdout = "";
    const address = await new Promise<string>((resolve, reject) => {
      shown.stdout.setEncoding("utf8").on("data", (text: string) => {
        stdout += text;
        const found = /The talk +(http:\S+)\/ [\s\S]*Ctrl-C stops it/.exec(stdout)?.[1];
        if (found !== undefined) resolve(found);
      });
      shown.on("close", (code) => reject(new Error(`it ended with ${code}, saying ${stdout}`)));
    });
    const page = await (await fetch(address)).text();
    const [demo = ""] = /(?<=data-src=")http:[^"]*(?=")/.exec(page) ?? [];
    const policy = (await fetch(demo)).headers.get("content-security-policy");
    expect(policy).toContain(`frame-ancestors ${address} `);
    const taken = await run(["--port", new URL(address).port], {}, home);
    expect(taken).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/got: .*EADDRINUSE.*\n.*next: .*--port/),
    });
    shown.kill("SIGINT");
    expect(await closed).toEqual([130, null]);
    await expect(fetch(demo)).rejects.toThrow();
    await expect(fetch(address)).rejects.toThrow();
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
