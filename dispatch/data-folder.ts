import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { open, type RootDatabase } from "lmdb";
import { lockFolder } from "../servers/service/folder-lock.ts";
import { checkLmdbFile } from "../servers/service/lmdb-file.ts";

/** Values are JSON, as events are: so they come back as they were, to the last lone surrogate. */
export const encoding = "json";

export interface DataFolder {
  readonly root: RootDatabase;
  close(): Promise<void>;
}

/**
 * Opens the database of a folder, for this process alone: two would both send what is due. A folder that is made here
 * is for its owner alone, for the secrets that sign are in it.
 */
export function openDataFolder(folder: string): DataFolder {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const release = lockFolder(folder);
  try {
    const file = join(folder, "data.mdb");
    checkFile(file);
    // Not overlapping: what is answered for must be on the disk.
    const root = open({ path: folder, overlappingSync: false, encoding });
    const close = async () => {
      await root.close();
      release();
    };
    return { root, close };
  } catch (error) {
    release();
    throw error;
  }
}

function checkFile(file: string): void {
  try {
    checkLmdbFile(file);
  } catch (cause) {
    const got = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`expected ${file} to be of LMDB, got "${got}": move it away to begin anew`, { cause });
  }
}
