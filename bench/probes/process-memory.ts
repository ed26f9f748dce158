import { readdir, readFile } from "node:fs/promises";

/**
 * Memory of a process and all its descendants: pages that it shares count by its share (PSS). Read from outside,
 * because a server at its limit of open files can open no more.
 */
export async function readPss(pid: number): Promise<number> {
  const sizes = await Promise.all([pid, ...(await descendants(pid))].map(pssOf));
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}

/** Source: proc(5), line Pss of /proc/pid/smaps_rollup, in KiB. */
export function parsePss(smapsRollup: string): number {
  const kibibytes = /^Pss:\s+(\d+) kB$/m.exec(smapsRollup)?.[1];
  if (kibibytes === undefined) throw new Error("expected a line Pss in smaps_rollup, got none");
  return Number(kibibytes) * 1024;
}

/** A process may end at any moment, such as the program behind one request, and then holds nothing. */
async function pssOf(pid: number): Promise<number> {
  try {
    return parsePss(await readFile(`/proc/${pid}/smaps_rollup`, "utf8"));
  } catch (error) {
    if (isGone(error)) return 0;
    throw error;
  }
}

/** Source: proc(5), /proc/pid/task/tid/children: whichever thread started them. */
async function descendants(pid: number): Promise<number[]> {
  try {
    const threads = await readdir(`/proc/${pid}/task`);
    const files = threads.map((thread) => readFile(`/proc/${pid}/task/${thread}/children`, "utf8"));
    const children = (await Promise.all(files)).flatMap(parseChildren);
    return [...children, ...(await Promise.all(children.map(descendants))).flat()];
  } catch (error) {
    if (isGone(error)) return [];
    throw error;
  }
}

/** Process ids with a space after each. */
export function parseChildren(children: string): number[] {
  return children.split(" ").map(Number).filter(Boolean);
}

function isGone(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ESRCH");
}
