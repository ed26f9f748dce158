/**
 * A subscriber in a process of its own, so that it can be stopped or killed as a whole.
 *
 * Started with an IPC channel, as `subscriber.js <transport> <endpoints as JSON> <poll interval in ms>`.
 */
import type { Endpoints } from "../servers/contract.ts";
import { clients, loadClient } from "../servers/index.ts";
import type { SubscriberMessage } from "./subscriber-process.ts";

const [transport = "", endpoints = "{}", pollMs = "50"] = process.argv.slice(2);

function tell(message: SubscriberMessage): void {
  process.send?.(message);
}

function isTransport(name: string): name is keyof typeof clients {
  return Object.hasOwn(clients, name);
}

async function main(): Promise<void> {
  if (!isTransport(transport)) throw new Error(`expected a transport, got "${transport}"`);
  const where: Endpoints = JSON.parse(endpoints);
  const client = await loadClient(transport);
  const ids: number[] = [];
  await client.subscribe(where, {
    pollMs: Number(pollMs),
    waitSeconds: 5,
    onEvent: ({ id }) => ids.push(id),
    onEnd: (reason) => tell({ kind: "ended", reason, ids }),
  });
  tell({ kind: "subscribed" });
}

// Ctrl-C reaches the whole group of processes; the parent decides when this one stops.
process.on("SIGINT", () => {});
process.on("disconnect", () => process.exit(0));
main().catch((error: unknown) => {
  tell({ kind: "failed", message: String(error) });
  process.disconnect();
});
