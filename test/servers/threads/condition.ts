import { eventually } from "../../../conformance/wait.ts";

/** Waits until `holds`, looking again and again, for at most `deadlineMs`. */
export async function condition(
  what: string,
  holds: () => boolean | Promise<boolean>,
  deadlineMs = 20_000,
): Promise<void> {
  await eventually(deadlineMs, what, async () => holds(), Boolean);
}
