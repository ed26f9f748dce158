import { once } from "node:events";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { answerPoll } from "../service/poll.ts";
import type { RateLimit } from "../service/rate-limit.ts";
import type { NewEvent, Switchboard } from "../service/switchboard.ts";

/**
 * Where the programs keep what must outlive them. A program of one request remembers nothing, so CGI scripts
 * asked a database; here it is the switchboard, behind a Unix socket that takes one question a connection.
 */
type Question = { readonly publish: readonly NewEvent[] } | { readonly read: number | null };

export interface Store {
  /** Path of the socket. */
  readonly path: string;
  close(): Promise<void>;
}

/** What became of events: their numbers, or none was published, and after how long they may come again. */
export type Publication = { readonly ids: readonly number[] } | { readonly retryAfterSeconds: number };

/** Opens the switchboard to programs of this user. `limit` is counted here: a program sees one request. */
export async function openStore(switchboard: Switchboard, limit: RateLimit): Promise<Store> {
  await removeStaleFolders();
  const folder = await mkdtemp(join(tmpdir(), `${folderPrefix}${process.pid}-`));
  const path = join(folder, "socket");
  const replyOrNothing = (asked: string) => {
    try {
      return reply(switchboard, limit, asked);
    } catch (error) {
      // A program whose question could not be answered gets nothing, and the server lives.
      console.error(error);
      return "";
    }
  };
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const chunks: Buffer[] = [];
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("end", () => {
      const question = Buffer.concat(chunks).toString();
      // A program may be ended at any time: one that has not asked to the end gets no answer.
      if (question.endsWith("\n")) socket.end(replyOrNothing(question));
      else socket.destroy();
    });
    socket.on("error", () => socket.destroy());
  });
  server.listen(path);
  await once(server, "listening");
  return {
    path,
    close: async () => {
      server.close();
      await once(server, "close");
      await rm(folder, { recursive: true });
    },
  };
}

function reply(switchboard: Switchboard, limit: RateLimit, asked: string): string | Buffer {
  const question: Question = JSON.parse(asked);
  if ("publish" in question) return JSON.stringify(publish(switchboard, limit, question.publish));
  return answerPoll(switchboard.history, question.read ?? undefined).body;
}

function publish(switchboard: Switchboard, limit: RateLimit, events: readonly NewEvent[]): Publication {
  const retryAfterSeconds = limit.take(Date.now(), events.length);
  if (retryAfterSeconds > 0) return { retryAfterSeconds };
  return { ids: events.map((event) => switchboard.publish(event)) };
}

const folderPrefix = "evented-web-switchboard-";

/** Removes the folders of servers that were ended by force, and could not do it themselves. */
async function removeStaleFolders(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    if (!name.startsWith(folderPrefix)) continue;
    const pid = Number.parseInt(name.slice(folderPrefix.length), 10);
    if (!isRunning(pid)) await rm(join(tmpdir(), name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    // A process of another user is there, although it may not be signalled.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Publishes events from a program, if they are within the limit. */
export async function publishTo(path: string, events: readonly NewEvent[]): Promise<Publication> {
  return JSON.parse((await askStore(path, { publish: events })).toString());
}

/** The body of the answer to a poll after the cursor. */
export function readFrom(path: string, after: number | undefined): Promise<Buffer> {
  return askStore(path, { read: after ?? null });
}

/** Id of the newest event. */
export async function lastIn(path: string): Promise<number> {
  return JSON.parse((await readFrom(path, undefined)).toString()).last;
}

async function askStore(path: string, question: Question): Promise<Buffer> {
  const socket = connect({ path, allowHalfOpen: true });
  socket.end(`${JSON.stringify(question)}\n`);
  const answer = await buffer(socket);
  if (answer.length === 0)
    throw new StoreFailed("expected an answer of the store, got none: its log says why");
  return answer;
}

/** The store could not do what a program asked for. */
export class StoreFailed extends Error {
  override name = "StoreFailed";
}
