import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { cpuMsWithChildren } from "../../../../bench/labs/museum/cpu-time.ts";

it("counts what this process has used, and its children that have ended", () => {
  const before = cpuMsWithChildren();
  const own = process.cpuUsage();
  // So that its own CPU time is not much beside what it says of it.
  const work = "const end = process.cpuUsage().user + 200_000; while (process.cpuUsage().user < end);";
  const said = spawnSync(process.execPath, ["-e", `${work} console.log(JSON.stringify(process.cpuUsage()))`]);
  const { user, system } = JSON.parse(said.stdout.toString()) as NodeJS.CpuUsage;
  const childMs = (user + system) / 1_000;
  const { user: ownUser, system: ownSystem } = process.cpuUsage(own);
  const grown = cpuMsWithChildren() - before;
  expect(grown).toBeGreaterThanOrEqual(childMs * 0.98);
  // Ending a process takes some milliseconds more than it can say.
  expect(grown).toBeLessThan(childMs * 1.5 + (ownUser + ownSystem) / 1_000);
});
