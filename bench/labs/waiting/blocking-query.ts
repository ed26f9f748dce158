import { readSync, writeSync } from "node:fs";
import { doneLine, queryLine } from "./line-server.ts";

const query = Buffer.from(queryLine);
const answer = Buffer.alloc(512);

/** Sends a query on a blocking connection of its own and waits, with the whole thread, for its answer. */
export function queryBlocking(fd: number): void {
  writeSync(fd, query);
  let length = 0;
  do {
    const count = readSync(fd, answer, length, answer.length - length, null);
    if (count === 0) throw new Error("expected an answer of the database, got the end of its connection");
    length += count;
  } while (answer[length - 1] !== newline && length < answer.length);
  const line = answer.toString("latin1", 0, length);
  if (line !== doneLine) throw new Error(`the database failed: ${line.trim()}`);
}

const newline = 0x0a;
