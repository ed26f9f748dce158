import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EventLog } from "../../../servers/service/event-log.ts";
import { History } from "../../../servers/service/history.ts";
import { type Journal, openJournal } from "../../../servers/service/journal.ts";
import { createKeyRings } from "../../../servers/service/keys.ts";

let folder: string;
let journal: Journal | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "journal-"));
});
afterEach(async () => {
  await journal?.close();
  await rm(folder, { recursive: true });
});

/** A log on the folder, as a server that has just started has it. */
function start(events = 100, keyLimit = 100) {
  const history = new History({ events, bytes: 100_000 });
  const keys = createKeyRings(keyLimit);
  journal = openJournal(folder, history, keys);
  return { history, log: new EventLog(history, keys, journal) };
}

/** As the end of a process does it. */
async function stop(): Promise<void> {
  await journal?.close();
  journal = undefined;
}

const event = (data: unknown, key?: string) => ({ type: "hook.a", data, ...(key ? { key } : {}) });

const idsIn = (history: History) =>
  history.read(0, 100_000).events.map((json) => JSON.parse(json.toString()).id);

describe("Journal", () => {
  it("is not there without a folder", () => {
    expect(openJournal("", new History({ events: 1, bytes: 1 }), createKeyRings(1))).toBeUndefined();
  });

  it("hands the events, their numbers and keys to the next process", async () => {
    const before = start();
    before.log.append(event({ x: "é" }, "first"), 5);
    before.log.append(event(null), 6);
    const epoch = journal?.epoch;
    await stop();
    const { history, log } = start();
    expect(journal?.epoch).toBe(epoch);
    expect(history.read(0, 1_000).events.map(String)).toEqual([
      '{"id":1,"type":"hook.a","at":5,"data":{"x":"é"}}',
      '{"id":2,"type":"hook.a","at":6,"data":null}',
    ]);
    expect(log.append(event("again", "first"), 7)).toEqual({ id: 1 });
    expect(log.append(event("new", "second"), 7).id).toBe(3);
    await stop();
    expect(idsIn(start().history)).toEqual([1, 2, 3]);
  });

  it("drops what the history has dropped, and remembers its keys all the same", async () => {
    const before = start(3, 5);
    for (const id of [1, 2, 3, 4, 5, 6, 7]) before.log.append(event(id, `key ${id}`), 1);
    await stop();
    // More would be kept than there was.
    const { history, log } = start(100, 100);
    expect([history.first, history.last]).toEqual([4, 7]);
    expect(history.read(2, 1_000).gap).toEqual({ after: 2, next: 4 });
    const ids = [1, 2, 3, 7].map((id) => log.append(event(id, `key ${id}`), 1).id);
    expect(ids).toEqual([8, 2, 3, 7]);
  });

  it("keeps a sender's keys apart from those that anyone may choose", async () => {
    const before = start(100, 2);
    before.log.append(event(1, "a"), 1);
    for (const key of ["a", "b", "c"]) before.log.append({ ...event(1, key), keyOf: "anyone" }, 1);
    await stop();
    const { log } = start(100, 2);
    expect(log.append(event(1, "a"), 1).id).toBe(1);
    const ids = ["b", "c", "a"].map((key) => log.append({ ...event(1, key), keyOf: "anyone" }, 1).id);
    expect(ids).toEqual([3, 4, 5]);
  });

  it("keeps less when less is to be kept", async () => {
    const before = start(10);
    for (const id of [1, 2, 3, 4, 5, 6]) before.log.append(event(id), 1);
    await stop();
    expect(idsIn(start(2).history)).toEqual([5, 6]);
  });

  it("belongs to one server at a time", async () => {
    start();
    expect(() => start()).toThrow(
      new RegExp(
        `expected the data folder ${folder} for this server alone, got one that process ${process.pid} uses: `,
      ),
    );
    await stop();
    expect(start().history.last).toBe(0);
  });

  it.each([1, 20_000])(
    "says what to do about another file of %i bytes, and lets go of the folder",
    async (bytes) => {
      const file = join(folder, "events.mdb");
      await writeFile(file, Buffer.alloc(bytes, "not of LMDB"));
      expect(() => start()).toThrow(
        /^expected a file of events in .*events\.mdb, got ".*": move it away to begin anew$/,
      );
      await rm(file);
      expect(start().history.last).toBe(0);
    },
  );

  it("says of an event that it could not be kept, and then it has not happened", async () => {
    const { history, log } = start();
    log.append(event(1, "one"), 1);
    await journal?.close();
    expect(() => log.append(event(2, "two"), 1)).toThrow(
      /^expected room for event 2 in .*: is the disk full\?$/,
    );
    expect(history.last).toBe(1);
    const epoch = journal?.epoch;
    await rm(folder, { recursive: true });
    expect(start().history.last).toBe(0);
    expect(journal?.epoch).not.toBe(epoch);
    // Made for its user alone.
    expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect((await stat(join(folder, "events.mdb"))).mode & 0o777).toBe(0o600);
  });
});
