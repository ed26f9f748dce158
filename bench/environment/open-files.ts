import { readFile } from "node:fs/promises";

/** The number of files a process may have open; undefined where there is no `/proc`. */
export async function openFilesLimit(pid: number | "self"): Promise<number | undefined> {
  try {
    const limits = await readFile(`/proc/${pid}/limits`, "utf8");
    const soft = /^Max open files\s+(\d+)/m.exec(limits)?.[1];
    return soft === undefined ? undefined : Number(soft);
  } catch {
    return undefined;
  }
}
