/** The load of the lab: requests on a schedule, whatever the answers do (open model). */
import { Agent, get } from "node:http";
import { nowMs } from "../../load/clock.ts";
import { serve } from "../../load/rpc.ts";
import { until } from "../../load/until.ts";
import { countUtilisation } from "../../load/utilisation.ts";
import { heavyPath, lightPath } from "./routes.ts";

export interface LoadOrder {
  readonly port: number;
  /** When light requests are due, and heavy ones, in milliseconds from the start; both in their order. */
  readonly lightMs: readonly number[];
  readonly heavyMs: readonly number[];
}

export interface Answered {
  /** From the time at which each request was due to its answer. */
  readonly lightLatenciesMs: readonly number[];
  readonly heavyLatenciesMs: readonly number[];
  readonly utilisation: number;
}

/** Connections for light requests: as many as are needed while the server keeps up, and those wait on one that does not. */
export const lightConnections = 8;
export const heavyConnections = 1;

const lightAgent = new Agent({ keepAlive: true, maxSockets: lightConnections, scheduling: "fifo" });
const heavyAgent = new Agent({ keepAlive: true, maxSockets: heavyConnections });

/** Resolves when all are answered; rejects when one is not. */
async function send({ port, lightMs, heavyMs }: LoadOrder): Promise<Answered> {
  const startMs = nowMs();
  const utilisation = countUtilisation();
  const at = (path: string) => `http://127.0.0.1:${port}${path}`;
  const [lightLatenciesMs, heavyLatenciesMs] = await Promise.all([
    sendAll(at(lightPath), lightAgent, startMs, lightMs),
    sendAll(at(heavyPath), heavyAgent, startMs, heavyMs),
  ]);
  return { lightLatenciesMs, heavyLatenciesMs, utilisation: utilisation() };
}

async function sendAll(
  url: string,
  agent: Agent,
  startMs: number,
  offsetsMs: readonly number[],
): Promise<number[]> {
  const answers: Promise<number>[] = [];
  for (const offsetMs of offsetsMs) {
    const intendedMs = startMs + offsetMs;
    await until(intendedMs);
    const answer = answered(url, agent).then(() => nowMs() - intendedMs);
    // Told below: the schedule goes on until then.
    answer.catch(() => {});
    answers.push(answer);
  }
  return Promise.all(answers);
}

function answered(url: string, agent: Agent): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, { agent }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`expected status 200, got ${response.statusCode}`));
      response.resume().on("end", resolve).on("error", reject);
    }).on("error", reject);
  });
}

const methods = { send };
export type LoadMethods = typeof methods;
serve(methods);
