import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";
import type { SocketMemory } from "../scenarios/scenario.ts";

/** What an open socket consists of. Left out, as some 3 % more: its place in an epoll set, its port's, a security module's. */
const objects = ["TCP", "sock_inode_cache", "filp", "dentry"];

const pageBytes = 4096;

/** A line of `ss` is about 120 bytes, two of them a socket. */
const outputLimitBytes = 64 * 1024 * 1024;

/**
 * Kernel memory of the open TCP connections of this process's own network.
 *
 * Sockets are counted and their buffers summed by `ss`: `/proc/net/sockstat` has the buffers of the whole machine,
 * in steps of 1 MiB a core. A socket's own objects count by their sizes, not by the growth of their caches, into which
 * the whole machine allocates.
 */
export async function readSocketMemory(): Promise<SocketMemory> {
  const bytesPerSocket = parseObjectBytes(await readFile("/proc/slabinfo", "utf8"));
  const { stdout } = await promisify(execFile)("ss", ["--no-header", "--tcp", "--numeric", "--memory"], {
    maxBuffer: outputLimitBytes,
  });
  return { bytesPerSocket, ...parseSockets(stdout) };
}

/**
 * The memory that one of each of these objects of the kernel takes, a socket's if not told otherwise: its part of the
 * pages it is packed in. Source: slabinfo(5); its columns objperslab and pagesperslab.
 */
export function parseObjectBytes(slabinfo: string, names: readonly string[] = objects): number {
  const caches = new Map(slabinfo.split("\n").map((line) => [line.split(" ", 1)[0], line]));
  const sizes = names.map((name) => {
    const [, , , , perSlab = "", pages = ""] = caches.get(name)?.split(/\s+/) ?? [];
    if (pages === "") throw new Error(`expected ${name} in /proc/slabinfo, got none of that name`);
    return (Number(pages) * pageBytes) / Number(perSlab);
  });
  return sizes.reduce((sum, bytes) => sum + bytes, 0);
}

/**
 * Source: ss(8), `skmem`: received and unread (r), allocated ahead (f), queued to send (w), options (o), and what
 * came while the socket was in use (bl). What is on its way (t) is queued (w) too, and the rest are limits.
 */
export function parseSockets(ss: string): { readonly sockets: number; readonly bufferBytes: number } {
  const memory = /skmem:\(r(\d+),rb\d+,t\d+,tb\d+,f(\d+),w(\d+),o(\d+),bl(\d+)/g;
  const sizes = [...ss.matchAll(memory)].map(([, ...parts]) =>
    parts.reduce((sum, part) => sum + Number(part), 0),
  );
  return { sockets: sizes.length, bufferBytes: sizes.reduce((sum, bytes) => sum + bytes, 0) };
}
