import { spawnSync } from "node:child_process";
import { expect, it } from "vitest";
import { answerBody, findProgram } from "../../../../bench/labs/museum/programs.ts";

it.each(["sh", "perl", "python3", "node"] as const)("%s, where it is, says a whole CGI answer", (name) => {
  const program = findProgram(name);
  if (program === undefined) return;
  const { stdout, status } = spawnSync(program.file, program.args, { encoding: "utf8", env: {} });
  expect(status).toBe(0);
  expect(stdout).toBe(`Content-Type: application/json\r\n\r\n${answerBody}`);
});

it("true says nothing", () => {
  expect(findProgram("true")?.args).toEqual([]);
});
