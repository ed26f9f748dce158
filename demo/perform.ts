import { listenToKeys } from "./keys.ts";
import type { ServerProcess } from "./server-process.ts";
import type { Session } from "./session.ts";

export interface Performance {
  readonly session: Pick<Session, "placesCalls" | "seeCalls" | "restart">;
  readonly servers: readonly ServerProcess[];
  readonly interrupted: AbortSignal;
  /** After how many calls it ends. Absent: there is one, and then as many as keys ask for. */
  readonly calls?: number;
}

/** How a demo ends: as every step was seen, or not, or as it was told to. */
export type Ending = "seen" | "missing" | "quit";

/** The calls, and the keys where there is a terminal. Rejects when a server ends that was not told to. */
export async function perform({ session, servers, interrupted, calls }: Performance): Promise<Ending> {
  if (interrupted.aborted) return "quit";
  let quit = () => {};
  const quitting = new Promise<Ending>((resolve) => {
    quit = () => resolve("quit");
  });
  let fail: (error: unknown) => void = () => {};
  const failing = new Promise<never>((_resolve, reject) => {
    fail = reject;
  });
  interrupted.addEventListener("abort", quit);
  const onKey = (key: string) => {
    if (key === "c" && session.placesCalls) session.seeCalls(1).catch(fail);
    if (key === "r") session.restart().catch(fail);
    if (key === "q") quit();
  };
  const stopKeys = process.stdin.isTTY ? listenToKeys(process.stdin, onKey) : undefined;
  try {
    const seen = session.seeCalls(calls ?? 1).then((whole): Ending => (whole ? "seen" : "missing"));
    seen.catch(fail);
    const over = calls === undefined ? [] : [seen];
    return await Promise.race([...over, quitting, failing, ...servers.map(({ died }) => died)]);
  } finally {
    stopKeys?.();
  }
}
