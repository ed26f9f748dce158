import { describe, expect, it } from "vitest";
import { headersTimeoutOf, keepAliveMs } from "../../../servers/http/http-server.ts";
import { type ConnectedSocket, Connection } from "../../../servers/threads/connection.ts";
import { Refusal } from "../../../servers/threads/http-head.ts";
import { createSharedMemory, SharedSwitchboard } from "../../../servers/threads/shared-switchboard.ts";

const requestTimeoutMs = 30_000;
const headersTimeoutMs = headersTimeoutOf(requestTimeoutMs);

/** A connection whose socket gives these, `undefined` when the time is over, and notes how long it may wait. */
function connectionOf(reads: (string | undefined)[]) {
  const waits: number[] = [];
  const socket: ConnectedSocket = {
    read: (timeoutMs) => {
      waits.push(timeoutMs);
      const text = reads.shift();
      return text === undefined ? undefined : Buffer.from(text);
    },
    write: (_bytes, timeoutMs) => {
      waits.push(timeoutMs);
    },
    hungUp: () => false,
    endWrites: () => {},
  };
  const switchboard = new SharedSwitchboard(createSharedMemory(1, 10), {
    dataFolder: "",
    historyEvents: 10,
    webhooksPerSecond: 0,
  });
  return { connection: new Connection(socket, 0, switchboard, requestTimeoutMs), switchboard, waits };
}

describe("Connection", () => {
  it("waits longer for a next request than for a first one, and ends a silent connection quietly", () => {
    const { connection, waits } = connectionOf(["GET", undefined]);
    expect(connection.read("request").toString()).toBe("GET");
    connection.write(Buffer.from("answer"));
    expect(connection.read("request")).toHaveLength(0);
    expect(waits).toEqual([headersTimeoutMs, requestTimeoutMs, keepAliveMs]);
  });

  it.each([
    ["head", headersTimeoutMs],
    ["body", requestTimeoutMs],
  ] as const)("refuses a request whose %s takes too long, however often a byte comes", (part, limitMs) => {
    const { connection, waits } = connectionOf(["G", "E", undefined]);
    connection.read("request");
    connection.read(part);
    expect(() => connection.read(part)).toThrow(Refusal);
    const [, first = 0, second = 0] = waits;
    expect(first).toBeLessThanOrEqual(limitMs);
    expect(second).toBeLessThan(first);
  });

  it("does not begin to wait for a request while the server is closing", () => {
    const { connection, switchboard, waits } = connectionOf(["GET"]);
    switchboard.close();
    expect(connection.read("request")).toHaveLength(0);
    connection.end(true);
    expect(waits).toEqual([]);
  });

  it("reads on after a refusal until the client stops sending", () => {
    const { connection, waits } = connectionOf(["more", "and more", ""]);
    connection.end(true);
    expect(waits).toHaveLength(3);
    connection.end(false);
    expect(waits).toHaveLength(3);
  });
});
