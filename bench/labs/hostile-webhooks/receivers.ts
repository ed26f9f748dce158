import type { LabBench } from "../bench.ts";
import type { NaiveMethods } from "./naive-process.ts";

/** Whoever takes the webhooks. */
export interface Receiver {
  readonly http: string;
  /** Orders that came out since this was asked for last. */
  takeOrders(): Promise<number>;
}

export async function startNaive(bench: LabBench): Promise<Receiver> {
  const naive = bench.start<NaiveMethods>("hostile-webhooks/naive-process.ts", "server");
  return {
    http: await naive.call("listen", undefined),
    takeOrders: () => naive.call("takeShipped", undefined),
  };
}

/**
 * A server of this project. All of them take webhooks by the same code; of `polling`, what came out can be asked for
 * with one request, which an event is sure to be in once its webhook was answered.
 */
export async function startService(bench: LabBench, webhookSecret: string): Promise<Receiver> {
  const { endpoints } = await bench.launch("polling", { server: { webhookSecret } });
  let after = 0;
  return {
    http: endpoints.http,
    takeOrders: async () => {
      const response = await fetch(`${endpoints.http}/events?after=${after}`);
      const answer: unknown = await response.json();
      if (!isPoll(answer)) throw new Error(`expected events, got ${JSON.stringify(answer).slice(0, 200)}`);
      after += answer.events.length;
      return answer.events.length;
    },
  };
}

function isPoll(answer: unknown): answer is { readonly events: readonly unknown[] } {
  return typeof answer === "object" && answer !== null && "events" in answer && Array.isArray(answer.events);
}
