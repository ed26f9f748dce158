import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/**
 * The file of the installed program of this name, in the folders of PATH and then in `further`; undefined where there
 * is none.
 */
export function findProgramFile(name: string, further: readonly string[] = []): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  return [...folders, ...further].map((folder) => join(folder, name)).find(isExecutable);
}

/** Whether this user may run the file. */
export function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false; // That is the answer.
  }
}
