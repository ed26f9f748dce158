/** The load of the lab: clients that each send their next request when the last is answered (closed model). */
import { once } from "node:events";
import { connect, type Socket } from "node:net";
import { nowMs } from "../../load/clock.ts";
import { serve } from "../../load/rpc.ts";
import { countUtilisation } from "../../load/utilisation.ts";
import { wholeAnswer } from "./whole-answer.ts";

export interface ClientsOrder {
  readonly port: number;
  readonly clients: number;
  /** The clients begin one after the other over this time, so that their queries do not all end at once. */
  readonly spreadMs: number;
  readonly warmUpMs: number;
}

export interface Counted {
  /** When each answer came, in their order. */
  readonly answersMs: readonly number[];
  readonly utilisation: number;
}

const request = Buffer.from("GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");

let answersMs: number[] = [];
let failed = (_reason: string): void => {};
const failure = new Promise<never>((_, reject) => {
  failed = (reason) => reject(new Error(reason));
});
// Told to whoever calls next.
failure.catch(() => {});

/** Connects all clients and lets them begin; resolves when the warm-up is over. */
async function begin({ port, clients, spreadMs, warmUpMs }: ClientsOrder): Promise<void> {
  const sockets = await Promise.all(Array.from({ length: clients }, () => connected(port)));
  sockets.forEach((socket, index) => {
    takeAnswers(socket);
    setTimeout(() => socket.write(request), (index * spreadMs) / clients);
  });
  await sleep(warmUpMs);
}

/** Counts answers for so long. Rejects when an answer was none, or a connection ended. */
async function count(forMs: number): Promise<Counted> {
  const utilisation = countUtilisation();
  answersMs = [];
  await sleep(forMs);
  return { answersMs, utilisation: utilisation() };
}

async function connected(port: number): Promise<Socket> {
  const socket = connect({ host: "127.0.0.1", port, noDelay: true });
  await once(socket, "connect");
  return socket;
}

function takeAnswers(socket: Socket): void {
  let received = "";
  socket.setEncoding("latin1");
  socket.on("error", (error) => failed(`expected a connection that lasts, got ${error.message}`));
  socket.on("close", () => failed("expected a connection that lasts, got its end"));
  socket.on("data", (chunk: string) => {
    received += chunk;
    const answer = wholeAnswer(received);
    if (answer === undefined) return;
    received = "";
    if (answer.status !== 200) failed(`expected status 200, got ${answer.status}: ${answer.body}`);
    answersMs.push(nowMs());
    socket.write(request);
  });
}

function sleep(ms: number): Promise<void> {
  return Promise.race([new Promise<void>((resolve) => setTimeout(resolve, ms)), failure]);
}

const methods = { begin, count };
export type ClientsMethods = typeof methods;
serve(methods);
