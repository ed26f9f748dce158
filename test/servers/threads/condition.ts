import { setTimeout as pause } from "node:timers/promises";

/** Waits until `holds`, looking again and again, for at most `deadlineMs`. */
export async function condition(
  what: string,
  holds: () => boolean | Promise<boolean>,
  deadlineMs = 20_000,
): Promise<void> {
  const giveUpAtMs = performance.now() + deadlineMs;
  while (!(await holds())) {
    if (performance.now() > giveUpAtMs) throw new Error(`expected ${what} within ${deadlineMs} ms`);
    await pause(10);
  }
}
