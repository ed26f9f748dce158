import { execFileSync } from "node:child_process";
import { availableParallelism, platform } from "node:os";
import { expect, it } from "vitest";
import { projectFolder } from "../../../cli/project.ts";

/** In a process of its own, as it is moved. */
const program = `
  const { readdirSync, readFileSync } = await import("node:fs");
  const { separateCores } = await import(${JSON.stringify(new URL("dist/bench/environment/cores.js", projectFolder).href)});
  const { load } = separateCores();
  const allowed = readdirSync("/proc/self/task").map((thread) =>
    /^Cpus_allowed_list:\\s*(\\S+)$/m.exec(readFileSync("/proc/self/task/" + thread + "/status", "utf8"))[1]);
  console.log(JSON.stringify({ load, allowed: [...new Set(allowed)] }));
`;

it.runIf(platform() === "linux" && availableParallelism() > 1)(
  "moves every thread of this process off the server's core",
  () => {
    const output = execFileSync(process.execPath, ["--input-type=module", "--eval", program], {
      encoding: "utf8",
    });
    const { load, allowed } = JSON.parse(output);
    // Without taskset nothing is moved, which the description of the cores says.
    if (load !== undefined) expect(allowed).toEqual([String(load)]);
  },
);
