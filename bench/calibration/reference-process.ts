/**
 * A server with known answers, to calibrate the instrument by. It takes webhooks, and pushes each event over the
 * `tcp` transport a set time after its webhook came; it stalls when it is told to. It keeps account of what it really
 * did, so that nothing is expected of the instrument that did not happen.
 */
import { createServer as createHttpServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import type { Endpoints } from "../../servers/contract.ts";
import { nowMs } from "../load/clock.ts";
import { benchTopic, payloadOf } from "../load/payload.ts";
import { serve } from "../load/rpc.ts";
import { until } from "../load/until.ts";
import type { Stall } from "./expected.ts";

export interface Behaviour {
  /** From a webhook's arrival to the push of its event. */
  readonly delayMs: number;
  /** Stalls of `forMs`, `everyMs` from start to start; the first begins `afterMs` after the first webhook. */
  readonly stalls?: { readonly afterMs: number; readonly forMs: number; readonly everyMs: number };
}

/** What the server did since it was told how to behave. */
export interface Deeds {
  readonly stalls: readonly Stall[];
  /** When the webhooks were to be sent, as they say themselves, in the order in which they came. */
  readonly intendedMs: readonly number[];
  /** When the same webhooks came. */
  readonly arrivedMs: readonly number[];
  /** From arrival to push, of each event. */
  readonly delaysMs: readonly number[];
  /** The length of each event's message, as often as it was written to a subscriber. */
  readonly bytesPushed: number;
  /** What subscribers sent. */
  readonly bytesRead: number;
}

interface Due {
  readonly arrivedMs: number;
  readonly data: unknown;
}

const host = "127.0.0.1";
const nul = "\0";

/** Longer than any calibration pauses, so that webhooks never pay for a new connection. */
const keepAliveMs = 120_000;

/** Nobody ever wakes it: a wait on it is sleep that takes no CPU time and lets no event be handled. */
const sleeper = new Int32Array(new SharedArrayBuffer(4));

const subscribers = new Set<Socket>();
const due: Due[] = [];
let behaviour: Behaviour = { delayMs: 0 };
let lastId = 0;
let pushing = false;
let stalls: Stall[] = [];
let intendedMs: number[] = [];
let arrivalsMs: number[] = [];
let delaysMs: number[] = [];
let bytesPushed = 0;
let bytesRead = 0;

async function listen(): Promise<Endpoints> {
  const http = createHttpServer((request, response) => void answer(request, response));
  http.keepAliveTimeout = keepAliveMs;
  const tcp = createTcpServer({ noDelay: true }, greet);
  const [httpPort, tcpPort] = await Promise.all([portOf(http), portOf(tcp)]);
  return { http: `http://${host}:${httpPort}`, tcp: `tcp://${host}:${tcpPort}` };
}

function portOf(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.on("error", reject);
    server.listen({ host, port: 0 }, () => resolve((server.address() as AddressInfo).port));
  });
}

/** Subscribes a connection once its first message is complete; whatever that says, it gets what comes from now on. */
function greet(socket: Socket): void {
  socket.on("error", () => socket.destroy());
  socket.on("close", () => subscribers.delete(socket));
  socket.on("data", (chunk) => {
    bytesRead += chunk.length;
    if (subscribers.has(socket) || !chunk.includes(nul)) return;
    socket.write(`${JSON.stringify({ hello: { cursor: lastId } })}${nul}`);
    subscribers.add(socket);
  });
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const arrivedMs = nowMs();
  const data: unknown = JSON.parse(await text(request));
  const payload = payloadOf(data);
  const known = request.method === "POST" && request.url === `/hooks/${benchTopic}` && payload !== undefined;
  response.statusCode = known ? 202 : 404;
  response.end();
  if (!known) return;
  if (intendedMs.length === 0) void stallAsTold(behaviour, arrivedMs);
  intendedMs.push(payload.intendedMs);
  arrivalsMs.push(arrivedMs);
  due.push({ arrivedMs, data });
  if (!pushing) void pushWhenDue();
}

/** One after the other: with one delay for all, the first that came is the first that is due. */
async function pushWhenDue(): Promise<void> {
  pushing = true;
  for (let next = due.shift(); next !== undefined; next = due.shift()) {
    await until(next.arrivedMs + behaviour.delayMs);
    push(next);
  }
  pushing = false;
}

function push({ arrivedMs, data }: Due): void {
  lastId++;
  const frame = `${JSON.stringify({ id: lastId, type: `hook.${benchTopic}`, at: Date.now(), data })}${nul}`;
  delaysMs.push(nowMs() - arrivedMs);
  for (const socket of subscribers) socket.write(frame);
  bytesPushed += Buffer.byteLength(frame) * subscribers.size;
}

/** Stalls on schedule until the server is told to behave in another way. */
async function stallAsTold(told: Behaviour, firstWebhookMs: number): Promise<void> {
  if (told.stalls === undefined) return;
  const { afterMs, forMs, everyMs } = told.stalls;
  for (let nextMs = firstWebhookMs + afterMs; ; nextMs += everyMs) {
    await until(nextMs);
    if (behaviour !== told) return;
    const startMs = nowMs();
    Atomics.wait(sleeper, 0, 0, forMs);
    stalls.push({ startMs, endMs: nowMs() });
  }
}

function behave(told: Behaviour): void {
  behaviour = told;
  stalls = [];
  intendedMs = [];
  arrivalsMs = [];
  delaysMs = [];
  bytesPushed = 0;
  bytesRead = 0;
}

function deeds(): Deeds {
  return { stalls, intendedMs, arrivedMs: arrivalsMs, delaysMs, bytesPushed, bytesRead };
}

/** The stalls alone: a load that is not ours sends more webhooks than an account of each is worth. */
function stallsSoFar(): readonly Stall[] {
  return stalls;
}

const methods = { listen, behave, deeds, stallsSoFar };
export type ReferenceMethods = typeof methods;
serve(methods);
