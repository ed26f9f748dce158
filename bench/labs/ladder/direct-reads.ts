import {
  closeSync,
  constants,
  fsyncSync,
  openSync,
  readFileSync,
  readSync,
  rmSync,
  statfsSync,
  writeSync,
} from "node:fs";
import { type Random, seededRandom } from "../../stats/random.ts";

/** What is read at once: a page, and a block of most file systems. */
export const blockBytes = 4096;

export interface DirectReadsOrder {
  /** Where the file is made; it is gone from there as soon as it is open. */
  readonly file: string;
  readonly fileBytes: number;
  readonly seed: number;
  /** It ends with what is over first. */
  readonly atMost: number;
  readonly measureMs: number;
}

/** How long each read took, in nanoseconds; or why this machine cannot tell. */
export type DirectReads =
  | {
      readonly directNs: readonly number[];
      /** The same through the page cache. */
      readonly cachedNs: readonly number[];
    }
  | { readonly exempt: string };

/** File systems that are memory, by their number. Source: statfs(2), TMPFS_MAGIC and RAMFS_MAGIC. */
const inMemory = [0x01021994, 0x858458f6];

/** Reads blocks at random places of a new file, past the page cache and through it. */
export function directReads(order: DirectReadsOrder): DirectReads {
  const { file, fileBytes, seed } = order;
  if (process.platform !== "linux")
    return { exempt: "only Linux has O_DIRECT, which reads past the page cache" };
  const random = seededRandom(seed);
  const cached = openSync(file, "wx+");
  const descriptors = [cached];
  try {
    const { type } = statfsSync(file);
    // From here on nothing is left of it, however this process ends.
    rmSync(file);
    if (inMemory.includes(type)) return { exempt: `the file system of ${file} is in memory, not on a disk` };
    fill(cached, fileBytes, random);
    const direct = openDirect(cached);
    if (direct === undefined) return { exempt: `the file system of ${file} takes no O_DIRECT` };
    descriptors.push(direct);
    const block = alignedBlock(direct);
    if (block === undefined)
      return { exempt: `no place in memory is aligned as the disk of ${file} wants it` };
    const before = storageBytes();
    const directNs = timedReads(direct, block, order, random);
    const read = storageBytes() - before;
    const expected = directNs.length * blockBytes;
    // The kernel's own word that the disk was asked, and not the page cache in spite of O_DIRECT.
    if (read < expected)
      return {
        exempt: `of ${expected} bytes read past the page cache, the kernel says, ${read} came from storage`,
      };
    return { directNs, cachedNs: timedReads(cached, block, order, random) };
  } finally {
    for (const descriptor of descriptors) closeSync(descriptor);
  }
}

/** Writes bytes that no disk can leave out or squeeze, until they are on it. */
function fill(descriptor: number, bytes: number, random: Random): void {
  const chunk = new Uint32Array(256 * 1024);
  for (let written = 0; written < bytes; written += chunk.byteLength) {
    for (let index = 0; index < chunk.length; index++) chunk[index] = random() * 2 ** 32;
    writeSync(descriptor, new Uint8Array(chunk.buffer), 0, Math.min(chunk.byteLength, bytes - written));
  }
  fsyncSync(descriptor);
}

/** The same file, by a descriptor that reads past the page cache; undefined where its file system has none. */
function openDirect(descriptor: number): number | undefined {
  try {
    return openSync(`/proc/self/fd/${descriptor}`, constants.O_RDONLY | constants.O_DIRECT);
  } catch (error) {
    if (isInvalid(error)) return undefined;
    throw error;
  }
}

/**
 * A block of memory that O_DIRECT reads into. It has to begin at a multiple of what the disk says, up to a page; where a
 * buffer lies is not told, so the kernel is asked, place by place. Allocators keep to 16 bytes.
 */
function alignedBlock(descriptor: number): Buffer | undefined {
  const memory = Buffer.alloc(2 * blockBytes);
  for (let offset = 0; offset < blockBytes; offset += 16) {
    const block = memory.subarray(offset, offset + blockBytes);
    try {
      readSync(descriptor, block, 0, blockBytes, 0);
      return block;
    } catch (error) {
      if (!isInvalid(error)) throw error;
    }
  }
  return undefined;
}

function isInvalid(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "EINVAL";
}

function timedReads(
  descriptor: number,
  block: Buffer,
  { fileBytes, atMost, measureMs }: DirectReadsOrder,
  random: Random,
): number[] {
  const blocks = Math.floor(fileBytes / blockBytes);
  const tookNs: number[] = [];
  const endMs = performance.now() + measureMs;
  do {
    const position = Math.floor(random() * blocks) * blockBytes;
    const startNs = process.hrtime.bigint();
    readSync(descriptor, block, 0, blockBytes, position);
    tookNs.push(Number(process.hrtime.bigint() - startNs));
  } while (tookNs.length < atMost && performance.now() < endMs);
  return tookNs;
}

/** What this process has had fetched from disks. Source: proc(5), read_bytes of /proc/pid/io. */
function storageBytes(): number {
  const bytes = /^read_bytes: (\d+)$/m.exec(readFileSync("/proc/self/io", "utf8"))?.[1];
  if (bytes === undefined) throw new Error("expected a line read_bytes in /proc/self/io, got none");
  return Number(bytes);
}
