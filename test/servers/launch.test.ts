import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { afterEach, expect, it, vi } from "vitest";
import { projectFolder } from "../../cli/project.ts";
import { portOf } from "../../servers/http/http-server.ts";
import { serverNames } from "../../servers/index.ts";
import { launchServer } from "../../servers/launch.ts";

const occupant = createServer();
let child: ChildProcess | undefined;
afterEach(() => {
  child?.kill("SIGKILL");
  occupant.close();
});

/** Runs one of the compiled programs in `dist/servers/`. */
function run(program: string, args: readonly string[], env: Record<string, string> = {}): ChildProcess {
  const file = fileURLToPath(new URL(`dist/servers/${program}`, projectFolder));
  return spawn(process.execPath, [file, ...args], { stdio: ["ignore", "ignore", "ignore", "ipc"], env });
}

it.each(serverNames)(
  "%s leaves no process behind when its port is taken",
  async (name) => {
    occupant.listen(0, "127.0.0.1");
    await once(occupant, "listening");
    const port = portOf(occupant);
    child = run("main.js", [name], { SERVER_OPTIONS: JSON.stringify({ port }) });
    const exited = once(child, "exit");
    const [message] = await once(child, "message");
    expect(message).toMatchObject({ kind: "failed", message: expect.stringContaining("EADDRINUSE") });
    await exited;
    child = run("serve.js", [name, "--port", String(port)]);
    expect(await once(child, "exit")).toEqual([2, null]);
  },
  20_000,
);

it("hears every answer when several things are asked at once", async () => {
  const server = await launchServer("ws");
  const [first, second] = await Promise.all([server.usage(), server.usage({}), server.close()]);
  expect([first.server.connections, second.server.connections]).toEqual([0, 0]);
  expect(await server.ended).toContain("code 0");
  await expect(server.usage()).rejects.toThrow("ended with code 0");
});

it("gives up a server that does not come up", async () => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  const launched = expect(launchServer("ws")).rejects.toThrow("to be ready within 30 s");
  vi.advanceTimersByTime(30_000);
  vi.useRealTimers();
  await launched;
});
