import type { Arm } from "../../result.ts";

/** Where a server does the computation that a request takes. */
const arms = {
  "on-the-loop": "one thread: the event loop computes, and all else waits",
  "in-parts": "one thread: the event loop computes a millisecond at a time",
  "worker-thread": "the event loop answers, and a thread beside it computes",
  "thread-per-connection": "each connection has a thread, which answers and computes",
} as const;

export type ArmName = keyof typeof arms;

export const armList: readonly Arm[] = Object.entries(arms).map(([name, summary]) => ({ name, summary }));

export function armNamed(name: string): ArmName {
  const found = Object.keys(arms).find((known) => known === name);
  if (found === undefined)
    throw new Error(`expected one of ${Object.keys(arms).join(", ")}, got ${JSON.stringify(name)}`);
  return found as ArmName;
}
