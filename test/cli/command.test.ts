import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { projectFolder } from "../../cli/project.ts";

it("a command whose output nobody reads winds up, and ends as of SIGPIPE", async () => {
  const command = new URL("dist/cli/command.js", projectFolder);
  const program = `
    import { runCommand } from ${JSON.stringify(command.href)};
    await runCommand(async (interrupted) => {
      const heard = new Promise((resolve) => interrupted.addEventListener("abort", resolve));
      const writing = setInterval(() => console.log("more"), 1);
      await heard;
      clearInterval(writing);
      console.log("nor does this end it");
      console.error("wound up: " + interrupted.reason.message);
      return "done";
    });`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", program], {
    cwd: fileURLToPath(projectFolder),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (chunk: string) => {
    said += chunk;
  });
  child.stdout.once("data", () => child.stdout.destroy());
  const [code] = await once(child, "close");
  expect(said).toMatch(/^wound up: interrupted by its output, which takes no more: .*EPIPE\n$/);
  expect(code).toBe(128 + 13);
});
