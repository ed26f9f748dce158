import { closeSync, fstatSync, openSync, readSync } from "node:fs";

/** What a file of LMDB says of itself, in the numbers of the machine, after the 24 bytes of its first page's head. */
const wantedHead = Buffer.from(new Uint32Array([0xbeefc0de, 2]).buffer);

/** Throws unless LMDB can open the file or make it. Given another file, its binding ends the process. */
export function checkLmdbFile(file: string): void {
  // One that is made here is for its user alone, whoever made the folder.
  const fd = openSync(file, "a+", 0o600);
  const head = Buffer.alloc(wantedHead.length);
  const isNew = fstatSync(fd).size === 0;
  readSync(fd, head, 0, head.length, 24);
  closeSync(fd);
  if (!isNew && !head.equals(wantedHead)) throw new Error("another kind of file");
}
