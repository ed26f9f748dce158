/** The clients of the quote, in a process of their own. */
import { nowMs } from "../../load/clock.ts";
import { serve } from "../../load/rpc.ts";
import { bytesSince, countSocketBytes, type SocketBytes } from "../../load/socket-bytes.ts";
import type { ArmName } from "./arms.ts";
import { connectClient, type QuoteClient } from "./quote-client.ts";
import { type SpreadOrder, spread } from "./spread.ts";

export interface ConnectOrder {
  readonly arm: ArmName;
  readonly port: number;
  readonly count: number;
}

export interface Read extends SocketBytes {
  readonly quotes: number;
  readonly durationMs: number;
  /** CPU over wall time. */
  readonly utilisation: number;
}

/** Connections under way at once: far fewer than the server's backlog. */
const atOnce = 64;

/** Clients that share a source address: Linux gives out a quarter of its ports quickly, and no more. */
const clientsPerAddress = 3_500;

const socketBytes = countSocketBytes();
const clients: QuoteClient[] = [];
const faults = new Set<string>();
let quotes = 0;
let wake = () => {};
let opened = mark();

function mark() {
  return { atMs: nowMs(), cpu: process.cpuUsage(), bytes: socketBytes() };
}

async function connect({ arm, port, count }: ConnectOrder): Promise<void> {
  const order = { arm, port, onQuote, onFault: (reason: string) => faults.add(reason) };
  while (clients.length < count) {
    const from = clients.length;
    const some = Array.from({ length: Math.min(atOnce, count - from) }, (_, index) =>
      connectClient({ ...order, localAddress: addressOf(from + index, count) }),
    );
    clients.push(...(await Promise.all(some)));
  }
}

/** Linux answers all of 127/8. */
function addressOf(client: number, count: number): string | undefined {
  if (process.platform !== "linux" || count <= clientsPerAddress) return undefined;
  return `127.1.0.${1 + Math.floor(client / clientsPerAddress)}`;
}

function onQuote(): void {
  quotes++;
  wake();
}

/** Counts from here. */
function open(): void {
  quotes = 0;
  opened = mark();
}

/** Waits until so many quotes have come since then, at most `timeoutMs`; gives how many are missing then. */
function awaitQuotes({ count, timeoutMs }: { count: number; timeoutMs: number }): Promise<number> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      wake = () => {};
      resolve(Math.max(0, count - quotes));
    };
    const timer = setTimeout(finish, timeoutMs);
    wake = () => {
      if (quotes >= count) finish();
    };
    wake();
  });
}

/** What was counted since. Rejects when anything went wrong with a client. */
function read(): Read {
  if (faults.size > 0) throw new Error(`expected clients without a fault, got: ${[...faults].join("; ")}`);
  const { atMs, cpu, bytes } = mark();
  const durationMs = atMs - opened.atMs;
  const cpuMs = (cpu.user + cpu.system - opened.cpu.user - opened.cpu.system) / 1_000;
  return { quotes, durationMs, utilisation: cpuMs / durationMs, ...bytesSince(opened.bytes, bytes) };
}

const methods = {
  connect,
  open,
  ask: (order: SpreadOrder) => spread(order, (client) => clients[client]?.ask()),
  awaitQuotes,
  read,
};
export type QuoteClientMethods = typeof methods;
serve(methods);
