/** A load process that talks with the server: it says the next words when it has the answer to the last. */
import { subscribe } from "node:diagnostics_channel";
import type { Endpoints } from "../../../servers/contract.ts";
import { nowMs } from "../../load/clock.ts";
import { serve } from "../../load/rpc.ts";
import { countSocketBytes } from "../../load/socket-bytes.ts";
import { countUtilisation } from "../../load/utilisation.ts";
import { type Form, lines } from "./lines.ts";

export interface TalkOrder {
  readonly form: Form;
  readonly endpoints: Endpoints;
  readonly rounds: number;
  readonly holdMs: number;
}

/** What a conversation came to. */
export interface Talk {
  /** From nothing to the first answer, connecting included. */
  readonly firstAnswerMs: number;
  /** Of `rounds` further rounds, when everything is connected. */
  readonly roundsMs: readonly number[];
  /** TCP connections that the client made for all of it. */
  readonly connections: number;
  /** HTTP requests of those rounds. */
  readonly requests: number;
  /** What its sockets read and wrote in those rounds, without what TCP adds. */
  readonly bytes: number;
  /** CPU over wall time. */
  readonly utilisation: number;
}

/** As long as the message of the article, which gives its Content-Length as 21. */
const wordsLength = 21;

const socketBytes = countSocketBytes();
let connections = 0;
let requests = 0;
subscribe("net.client.socket", () => connections++);
subscribe("http.client.request.start", () => requests++);

function totals() {
  const { bytesIn, bytesOut } = socketBytes();
  return { bytes: bytesIn + bytesOut, requests };
}

async function talk({ form, endpoints, rounds, holdMs }: TalkOrder): Promise<Talk> {
  const utilisation = countUtilisation();
  const startMs = nowMs();
  let answered = (_words: string) => {};
  let broken = (_error: Error) => {};
  const breaks = new Promise<never>((_, reject) => {
    broken = reject;
  });
  const line = await lines[form]({
    endpoints,
    holdMs,
    onAnswer: (words) => answered(words),
    onBreak: (error) => broken(error),
  });
  const round = async (number: number): Promise<void> => {
    const words = `round ${number}`.padEnd(wordsLength, ".");
    const answer = new Promise<string>((resolve) => {
      answered = resolve;
    });
    const [got] = await Promise.race([Promise.all([answer, line.say(words)]), breaks]);
    if (got !== words) throw new Error(`expected "${words}" for an answer, got "${got}"`);
  };
  await round(0);
  const firstAnswerMs = nowMs() - startMs;
  const before = totals();
  const roundsMs: number[] = [];
  for (let number = 1; number <= rounds; number++) {
    const beganMs = nowMs();
    await round(number);
    roundsMs.push(nowMs() - beganMs);
  }
  const after = totals();
  line.close();
  return {
    firstAnswerMs,
    roundsMs,
    connections,
    requests: after.requests - before.requests,
    bytes: after.bytes - before.bytes,
    utilisation: utilisation(),
  };
}

const methods = { talk };
export type ClientMethods = typeof methods;
serve(methods);
