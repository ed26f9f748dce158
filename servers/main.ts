/**
 * The child process in which a server is measured and tested: runs one server, says when it is ready, answers
 * what it uses, stops when told to or when its parent is gone.
 *
 * Started with an IPC channel, as `main.js <server>`, with its options as JSON in the environment.
 */
import { checkOptions } from "./check-options.ts";
import type { ChildMessage, ParentMessage, RunningServer } from "./contract.ts";
import { isServerName, loadServer, serverNames } from "./index.ts";
import { withDefaults } from "./options.ts";
import { processUsage } from "./process-usage.ts";

const [name = ""] = process.argv.slice(2);
const { SERVER_OPTIONS: options = "{}" } = process.env;

function tell(message: ChildMessage): void {
  process.send?.(message);
}

async function main(): Promise<void> {
  if (!isServerName(name))
    throw new Error(`expected a server's name (${serverNames.join(", ")}), got "${name}"`);
  const server = await loadServer(name);
  const running = await server.start(checkOptions(withDefaults(JSON.parse(options))));
  // One after the other: what was asked before the close is answered before the channel is gone.
  let obeyed = Promise.resolve();
  process.on("message", (message: ParentMessage) => {
    obeyed = obeyed.then(() => obey(running, message)).catch(fail);
  });
  // By force: an exit would wait for threads that are blocked in the kernel.
  process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
  tell({ kind: "ready", endpoints: running.endpoints });
}

async function obey(running: RunningServer, message: ParentMessage): Promise<void> {
  if (message.kind === "usage") {
    const server = await running.usage();
    tell({ kind: "usage", server, process: await processUsage(message.request) });
  } else {
    await running.close();
    tell({ kind: "closed" });
    process.removeAllListeners("disconnect");
    process.disconnect();
  }
}

function fail(error: unknown): void {
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  // By force, once that is said: what the server has opened until now would keep the process.
  process.send?.({ kind: "failed", message } satisfies ChildMessage, () =>
    process.kill(process.pid, "SIGKILL"),
  );
}

// Ctrl-C reaches the whole group of processes; the parent decides when this one stops.
process.on("SIGINT", () => {});
main().catch(fail);
