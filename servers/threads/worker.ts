/**
 * What runs in each thread of the pool: one task is one connection, from its first byte to its last. The
 * thread borrows the connection's descriptor; the main thread closes it once the task is over.
 */
import { parentPort, workerData } from "node:worker_threads";
import type { Epoch, ServerOptions, Transport } from "../contract.ts";
import { type About, answerShared, notFound, type Service } from "../service/answer.ts";
import { Origins } from "../service/origin.ts";
import { pathOf } from "../service/target.ts";
import { BlockingSocket, Disconnected } from "./blocking-socket.ts";
import { Connection } from "./connection.ts";
import type { ReadRequest } from "./http-reader.ts";
import { answerFromResource } from "./resources.ts";
import { type AskedRequest, type Outcome, serveConnection } from "./serve-connection.ts";
import { type SharedMemory, SharedSwitchboard } from "./shared-switchboard.ts";
import { type Asking, hold, poll, stream } from "./subscribe.ts";

/** What a thread is told when it starts. */
export interface WorkerSetup {
  readonly about: About;
  readonly transport: ThreadTransport;
  readonly memory: SharedMemory;
  readonly options: ServerOptions;
  readonly epoch: Epoch;
}

export type ThreadTransport = Extract<Transport, "polling" | "comet" | "streaming">;

export interface Task {
  readonly fd: number;
  readonly slot: number;
}

/** Tells the main thread of a connection that was cut off, so that it ends it once its time is over. */
export interface CutOffNotice {
  readonly cutOff: number;
}

interface Route {
  readonly path: string;
  readonly methods: readonly string[] | "all";
  readonly answer: (asking: Asking) => Outcome;
}

const routes: Record<ThreadTransport, Route> = {
  polling: { path: "/events", methods: ["GET", "HEAD"], answer: poll },
  comet: { path: "/events", methods: ["GET", "HEAD"], answer: hold },
  streaming: { path: "/events/stream", methods: "all", answer: stream },
};

const setup: WorkerSetup = workerData;
const { options } = setup;
const switchboard = new SharedSwitchboard(setup.memory, setup.options);
const route = routes[setup.transport];
const origins = new Origins(options);
const service: Service = {
  about: setup.about,
  options,
  epoch: setup.epoch,
  last: () => switchboard.read((history) => history.last),
  admit: (nowMs, events) => switchboard.admit(nowMs, events),
  publish: (event) => {
    const { id, cutOff } = switchboard.publish(event);
    for (const connection of cutOff) parentPort?.postMessage({ cutOff: connection } satisfies CutOffNotice);
    return id;
  },
};

/** Serves one connection to its end. Throws what is a mistake of ours. */
export default function serve({ fd, slot }: Task): void {
  switchboard.slots.setBusy(slot);
  // While the server closes, what still waits for a thread is not begun.
  if (switchboard.closing) return;
  try {
    const connection = new Connection(new BlockingSocket(fd), slot, switchboard, options.requestTimeoutMs);
    const answer = (request: AskedRequest) => answerRequest(request, connection);
    const fieldsFor = (request: ReadRequest) => origins.fieldsFor(request);
    serveConnection(connection, answer, () => switchboard.closing, fieldsFor);
  } catch (error) {
    if (!(error instanceof Disconnected)) throw error;
  }
}

function answerRequest(request: AskedRequest, connection: Connection): Outcome {
  const isOurs = route.methods === "all" || route.methods.includes(request.method);
  if (isOurs && pathOf(request.target) === route.path) {
    return route.answer({ request, connection, switchboard, heartbeatMs: options.heartbeatMs });
  }
  return (
    answerFromResource(options, request, switchboard) ?? answerShared(service, request) ?? notFound(request)
  );
}
