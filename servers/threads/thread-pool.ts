import { closeSync } from "node:fs";
import { Piscina } from "piscina";
import type { ServerOptions } from "../contract.ts";
import type { About } from "../service/answer.ts";
import { goodbyeMs } from "../service/feeds.ts";
import { epochOf, type Journal } from "../service/journal.ts";
import { shutDown } from "./libc.ts";
import { createSharedMemory, loadShared, SharedSwitchboard } from "./shared-switchboard.ts";
import type { CutOffNotice, Task, ThreadTransport, WorkerSetup } from "./worker.ts";

/** How long a thread without a connection is kept for the next one: starting one is what costs. */
const idleThreadMs = 10_000;

/** `worker.ts` and all it imports as one file: loading them one by one is a quarter of what a thread takes to start. */
const workerFile = new URL("./worker.cjs", import.meta.url).href;

interface OpenConnection extends Task {
  /** Settles when its thread has let go of it and its descriptor is closed. */
  over: Promise<void>;
}

/**
 * The connections of a server and the pool of threads that serve them, on the main thread.
 *
 * Invariant: only the main thread makes, shuts down and closes descriptors, and it closes one when the task
 * that borrowed it is over. So a descriptor is closed exactly once, even when its thread has died, and a
 * number found here cannot have come to mean another connection.
 */
export class ThreadPool {
  /** Connections that may be open at once: served ones and waiting ones. */
  readonly places: number;
  readonly switchboard: SharedSwitchboard;
  /** Holds the data folder. Each thread that publishes opens the file in it for itself. */
  readonly #journal: Journal | undefined;
  readonly #pool: Piscina<Task, void>;
  readonly #open = new Map<number, OpenConnection>();
  readonly #freeSlots: number[];
  #lastId = 0;
  readonly #endAll = () => this.#shutDownAll();

  constructor(about: About, transport: ThreadTransport, options: ServerOptions) {
    const { workers, queueLength } = options;
    this.places = workers + queueLength;
    this.#freeSlots = Array.from({ length: this.places }, (_, slot) => slot);
    const memory = createSharedMemory(this.places, options.historyEvents);
    this.#journal = loadShared(memory, options);
    this.switchboard = new SharedSwitchboard(memory, options);
    const setup: WorkerSetup = { about, transport, memory, options, epoch: epochOf(this.#journal) };
    this.#pool = new Piscina({
      filename: workerFile,
      workerData: setup,
      execArgv: [],
      minThreads: 0,
      maxThreads: workers,
      concurrentTasksPerWorker: 1,
      // The free slots say when the queue is full. Piscina counts what waits for a thread that is still
      // starting as queued, and with no queue at all would refuse all but the first of a burst.
      maxQueue: this.places,
      stricterFIFO: true,
      idleTimeout: idleThreadMs,
      recordTiming: false,
    });
    this.#pool.on("error", (error) => console.error(error));
    this.#pool.on("message", (notice: CutOffNotice) => this.#limitGoodbye(notice.cutOff));
    // At its end Node waits for each thread, and one that is blocked in a system call would not come.
    process.on("exit", this.#endAll);
  }

  get isFull(): boolean {
    return this.#freeSlots.length === 0;
  }

  get connections(): number {
    return this.#open.size;
  }

  /** Connections that wait for a thread. */
  get queued(): number {
    return [...this.#open.values()].filter(({ slot }) => this.switchboard.slots.isQueued(slot)).length;
  }

  /** Hands a connection to the next free thread. The descriptor is the pool's from here on. */
  serve(fd: number): void {
    const slot = this.#freeSlots.pop();
    if (slot === undefined)
      throw new Error(`expected a free place of ${this.places}, got none; ask isFull first`);
    const id = ++this.#lastId;
    this.switchboard.slots.open(slot, id);
    const over = this.#pool
      .run({ fd, slot })
      .catch((error: unknown) => console.error(error))
      .then(() => {
        this.#open.delete(id);
        this.switchboard.slots.free(slot);
        this.#freeSlots.push(slot);
        closeSync(fd);
      });
    this.#open.set(id, { fd, slot, over });
  }

  /** Ends every subscription, lets answers under way finish for `goodbyeMs`, then ends what is left. */
  async close(): Promise<void> {
    this.switchboard.close();
    for (const { fd, slot } of this.#open.values()) {
      if (this.switchboard.slots.isQueued(slot)) shutDown(fd, "both");
      else if (this.switchboard.slots.isIdle(slot)) shutDown(fd, "read");
    }
    const force = setTimeout(this.#endAll, goodbyeMs);
    await Promise.all([...this.#open.values()].map(({ over }) => over));
    clearTimeout(force);
    await this.#pool.destroy();
    await this.#journal?.close();
    process.off("exit", this.#endAll);
  }

  /** The connection was cut off: from now on it has `goodbyeMs` to take the reason. */
  #limitGoodbye(id: number): void {
    const connection = this.#open.get(id);
    if (!connection) return;
    const force = setTimeout(() => shutDown(connection.fd, "both"), goodbyeMs);
    void connection.over.finally(() => clearTimeout(force));
  }

  #shutDownAll(): void {
    for (const { fd } of this.#open.values()) shutDown(fd, "both");
  }
}
