import type { Arm } from "../../result.ts";

/** How a server waits for its queries. */
export type Wait =
  | { readonly kind: "blocking loop" }
  | { readonly kind: "pool"; readonly threads: number }
  | { readonly kind: "event loop" };

const poolSizes = [4, 16, 64, 256] as const;

export const blockingLoop = "blocking-loop";
export const eventLoop = "event-loop";
export const poolOf = (threads: (typeof poolSizes)[number]) => `pool-${threads}`;

const waits: ReadonlyMap<string, Wait> = new Map<string, Wait>([
  [blockingLoop, { kind: "blocking loop" }],
  ...poolSizes.map((threads): [string, Wait] => [poolOf(threads), { kind: "pool", threads }]),
  [eventLoop, { kind: "event loop" }],
]);

export const arms: readonly Arm[] = [...waits].map(([name, wait]) => ({ name, summary: summaryOf(wait) }));

export function waitOf(arm: string): Wait {
  const wait = waits.get(arm);
  if (wait === undefined) throw new Error(`expected one of ${[...waits.keys()].join(", ")}, got ${arm}`);
  return wait;
}

/** Queries that it can have under way at once: on the event loop, as many as are asked for. */
export function atOnce(wait: Wait): number {
  switch (wait.kind) {
    case "blocking loop":
      return 1;
    case "pool":
      return wait.threads;
    case "event loop":
      return Number.POSITIVE_INFINITY;
  }
}

function summaryOf(wait: Wait): string {
  switch (wait.kind) {
    case "blocking loop":
      return "one thread, blocked by each query";
    case "pool":
      return `${wait.threads} threads, each blocked by a query at a time`;
    case "event loop":
      return "one thread that goes on while queries are under way";
  }
}
