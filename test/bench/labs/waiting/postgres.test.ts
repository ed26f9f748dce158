import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import waiting from "../../../../bench/labs/waiting/lab.ts";
import { eventually } from "../../../../conformance/wait.ts";
import { cellOf, smokeOptions, smokeTrial } from "../smoke-trial.ts";

/** Who a PostgreSQL of our own may run as: never root. */
const owner = ownerOf();
const programs = programsFolder();
const reason =
  programs === undefined
    ? "there is no PostgreSQL here"
    : owner === undefined
      ? "a PostgreSQL does not run as root, and there is no user postgres"
      : undefined;

/** As a URL has to have it encoded. */
const password = "p@ss:w/rd";

describe.skipIf(reason !== undefined)(
  `the lab waiting, with a real PostgreSQL${reason ? ` (${reason})` : ""}`,
  () => {
    const folder = mkdtempSync(join(tmpdir(), "postgres-"));
    const data = join(folder, "data");
    const before = process.env.PGPASSWORD;
    let server: ReturnType<typeof spawn> | undefined;

    // On a socket in that folder, and on no port.
    const url = (given = password) =>
      `postgres://tester:${encodeURIComponent(given)}@${encodeURIComponent(folder)}/postgres`;
    const options = () => smokeOptions("--database", url());

    async function start(maxConnections: number): Promise<void> {
      const settings = [`max_connections=${maxConnections}`, "fsync=off", "listen_addresses="];
      const args = ["-D", data, "-k", folder, ...settings.flatMap((setting) => ["-c", setting])];
      server = spawn(join(programs ?? "", "postgres"), args, { ...owner, stdio: "ignore" });
      await eventually(
        30_000,
        "a PostgreSQL that answers",
        async () => waiting.check(options()).then(() => "", String),
        (said) => !/ECONNREFUSED|ENOENT|starting up/.test(said),
      );
    }

    async function stop(): Promise<void> {
      if (server === undefined || server.exitCode !== null) return;
      const ended = once(server, "exit");
      // A fast shutdown. Source: PostgreSQL's manual, "Shutting Down the Server".
      server.kill("SIGINT");
      await ended;
    }

    beforeAll(async () => {
      process.env.PGPASSWORD = password;
      const file = join(folder, "password");
      writeFileSync(file, password);
      if (owner?.uid !== undefined)
        for (const path of [folder, file]) chownSync(path, owner.uid, owner.gid ?? owner.uid);
      const args = ["-D", data, "-U", "tester", "-A", "scram-sha-256", `--pwfile=${file}`, "--no-sync"];
      execFileSync(join(programs ?? "", "initdb"), args, { ...owner, cwd: folder, stdio: "ignore" });
      await start(50);
    });

    afterAll(async () => {
      await stop();
      rmSync(folder, { recursive: true });
      if (before === undefined) delete process.env.PGPASSWORD;
      else process.env.PGPASSWORD = before;
    });

    it("waits in the database, blocked and not", async () => {
      await expect(waiting.check(options())).resolves.toBeUndefined();
      for (const arm of ["blocking-loop", "pool-4", "event-loop"]) {
        const { figures } = await smokeTrial(waiting, cellOf(waiting, arm), options());
        const { perSecond = 0, lawPerSecond = 0 } = figures;
        // It sleeps for no less than it is told.
        expect(perSecond, arm).toBeLessThan(lawPerSecond * 1.1);
        expect(perSecond, arm).toBeGreaterThan(0);
      }
    });

    it("is refused with a wrong password", async () => {
      process.env.PGPASSWORD = "wrong";
      await expect(waiting.check(options())).rejects.toThrow("password authentication failed");
      process.env.PGPASSWORD = password;
    });

    it("is refused where it has too few connections, with the setting to raise", async () => {
      await stop();
      await start(12);
      await expect(waiting.check(options())).rejects.toThrow(
        /expected: room for 10 .*got: room for 9\nnext: raise max_connections/s,
      );
    });
  },
);

function programsFolder(): string | undefined {
  const debian = "/usr/lib/postgresql";
  const versions = existsSync(debian)
    ? readdirSync(debian).map((version) => join(debian, version, "bin"))
    : [];
  const folders = [...(process.env.PATH ?? "").split(delimiter), ...versions];
  return folders.find((path) => existsSync(join(path, "initdb")) && existsSync(join(path, "postgres")));
}

function ownerOf(): { readonly uid?: number; readonly gid?: number } | undefined {
  if (process.getuid?.() !== 0) return {};
  try {
    const id = (flag: string) =>
      Number(
        execFileSync("id", [flag, "postgres"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }),
      );
    return { uid: id("-u"), gid: id("-g") };
  } catch {
    return undefined; // There is no such user.
  }
}
