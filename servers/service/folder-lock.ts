import { closeSync, ftruncateSync, mkdirSync, openSync, readFileSync, writeSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

/** Of `sys/file.h`, the same on Linux and macOS. */
const LOCK_EX = 2;
const LOCK_NB = 4;

/**
 * Takes a folder for this process alone, making it if need be; the function returned gives it back.
 *
 * The lock is the kernel's (`flock`), so it ends with the process, however that ends: a folder left by a server that
 * was killed can be taken at once, and no number of a process is mistaken for that of an older one.
 */
export function lockFolder(folder: string): () => void {
  // For this user alone: there are telephone numbers in it, and what callers have said.
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, "lock");
  const fd = openSync(file, "a+");
  const failure = tryLock(fd);
  if (failure !== undefined) {
    const owner = readFileSync(file, "utf8").trim() || "unknown";
    closeSync(fd);
    const got = failure === "EWOULDBLOCK" ? `one that process ${owner} uses` : failure;
    throw new Error(
      `expected the data folder ${folder} for this server alone, got ${got}: end that server, or name another folder`,
    );
  }
  // For people who look, and for the message above; the lock does not need it.
  ftruncateSync(fd);
  writeSync(fd, `${process.pid}\n`);
  return () => closeSync(fd);
}

/** The name of the error; undefined when the lock is ours. */
function tryLock(fd: number): string | undefined {
  if (process.platform === "win32") return "Windows, which has no flock";
  // Loaded here: servers without a data folder do without it.
  const koffi: typeof import("koffi") = createRequire(import.meta.url)("koffi");
  // Node itself is linked with the C library, whichever that is: its functions are found in this very process.
  const flock = koffi.load(null).func("int flock(int fd, int operation)");
  if (flock(fd, LOCK_EX | LOCK_NB) === 0) return undefined;
  const number = koffi.errno();
  // Some systems have two names for this one.
  if (number === koffi.os.errno.EWOULDBLOCK || number === koffi.os.errno.EAGAIN) return "EWOULDBLOCK";
  return Object.entries(koffi.os.errno).find(([, value]) => value === number)?.[0] ?? `error ${number}`;
}
