import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { claims } from "../../bench/claims/index.ts";
import { labs } from "../../bench/labs/index.ts";
import { scenarios } from "../../bench/scenarios/index.ts";
import { bundledFolder } from "../../cli/project.ts";

it("shows all that can be named, and all claims", () => {
  const cli = fileURLToPath(new URL("bench.js", bundledFolder));
  const { status, stdout } = spawnSync(process.execPath, [cli, "--list"], { encoding: "utf8" });
  expect(status).toBe(0);
  for (const { name, question } of [...scenarios, ...labs]) expect(stdout).toMatch(line(name, question));
  for (const { name, title } of claims) expect(stdout).toMatch(line(name, title));
});

function line(name: string, text: string): RegExp {
  return new RegExp(`^ {2}${name} +${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`, "m");
}
