import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { afterEach, expect, it } from "vitest";
import { readPss } from "../../../bench/probes/process-memory.ts";

let child: ChildProcess | undefined;
afterEach(() => child?.kill("SIGKILL"));

const mebibyte = 1024 * 1024;

/** A process that holds 20 MiB itself and has a child that holds 40 MiB, and says so when both do. */
const family = `
  const { spawn } = require("node:child_process");
  const held = Buffer.alloc(20 * ${mebibyte}, 1);
  const program = "const held = Buffer.alloc(40 * ${mebibyte}, 1); process.send('held'); process.on('message', () => held)";
  const child = spawn(process.execPath, ["--eval", program], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  child.on("message", () => process.send({ child: child.pid }));
  process.on("message", () => held);
  process.on("disconnect", () => { child.kill("SIGKILL"); process.exit(); });
`;

it.runIf(process.platform === "linux")("counts a process with its descendants", async () => {
  child = spawn(process.execPath, ["--eval", family], { stdio: ["ignore", "ignore", "inherit", "ipc"] });
  const [message] = await once(child, "message");
  const inner = await readPss(message.child);
  const both = await readPss(child.pid ?? 0);
  expect(inner).toBeGreaterThan(40 * mebibyte);
  expect(both - inner).toBeGreaterThan(20 * mebibyte);
  child.disconnect();
  await once(child, "exit");
  expect(await readPss(child.pid ?? 0)).toBe(0);
});
