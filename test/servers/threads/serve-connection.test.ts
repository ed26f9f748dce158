import { describe, expect, it } from "vitest";
import { BadRequest, jsonAnswer } from "../../../servers/service/http-answer.ts";
import { Disconnected } from "../../../servers/threads/blocking-socket.ts";
import { type Outcome, serveConnection, type Wire } from "../../../servers/threads/serve-connection.ts";

/** A connection whose client sends all of `input` at once. */
class MemoryWire implements Wire {
  #input: string;
  written = "";
  ended: "once" | "refused" | "no" = "no";

  constructor(input: string) {
    this.#input = input;
  }

  expectRequest(): void {}

  read(): Buffer {
    const bytes = Buffer.from(this.#input, "latin1");
    this.#input = "";
    return bytes;
  }

  sendContinue(): void {
    this.written += "100 ";
  }

  write(bytes: Buffer): void {
    this.written += bytes.toString("latin1");
  }

  end(isSending: boolean): void {
    if (this.ended !== "no") throw new Error("expected one end, got two");
    this.ended = isSending ? "refused" : "once";
  }

  get statuses(): string[] {
    return [...this.written.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status]) => status ?? "");
  }
}

const get = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
const none = () => ({});
const ok = (): Outcome => jsonAnswer(200, {});

describe("serveConnection", () => {
  it("answers request after request, and ends when the client does", () => {
    const wire = new MemoryWire(get + get + get);
    serveConnection(wire, ok, () => false, none);
    expect(wire.statuses).toEqual(["200", "200", "200"]);
    expect(wire.ended).toBe("once");
  });

  it("ends after an answer that says so, whoever wanted it", () => {
    const asked = new MemoryWire(get.replace("Host", "Connection: close\r\nHost") + get);
    serveConnection(asked, ok, () => false, none);
    const closing = new MemoryWire(get + get);
    serveConnection(closing, ok, () => true, none);
    const answered = new MemoryWire(get + get);
    serveConnection(
      answered,
      () => jsonAnswer(200, {}, { Connection: "close" }),
      () => false,
      none,
    );
    for (const wire of [asked, closing, answered]) {
      expect(wire.statuses).toEqual(["200"]);
      expect(wire.written.match(/Connection: close/g)).toHaveLength(1);
      expect(wire.ended).toBe("once");
    }
  });

  it("refuses what is no request, and takes no other after it", () => {
    const wire = new MemoryWire(`GET\r\n\r\n${get}`);
    serveConnection(wire, ok, () => false, none);
    expect(wire.written).toBe("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n");
    expect(wire.ended).toBe("refused");
  });

  it("answers a BadRequest with its message, and goes on", () => {
    const wire = new MemoryWire(get + get);
    serveConnection(
      wire,
      () => {
        throw new BadRequest("expected x, got y");
      },
      () => false,
      none,
    );
    expect(wire.statuses).toEqual(["400", "400"]);
    expect(wire.written).toContain('{"error":"expected x, got y"}');
  });

  it("answers a mistake of ours with 500, ends, and passes it on", () => {
    const wire = new MemoryWire(get + get);
    const fail = () => {
      throw new TypeError("no such thing");
    };
    expect(() => serveConnection(wire, fail, () => false, none)).toThrow("no such thing");
    expect(wire.statuses).toEqual(["500"]);
    expect(wire.written).not.toContain("no such thing");
    expect(wire.ended).toBe("once");
  });

  it("writes nothing to a client that has gone, or into a stream that failed", () => {
    const gone = new MemoryWire(get);
    const leave = () => {
      throw new Disconnected("gone");
    };
    expect(() => serveConnection(gone, leave, () => false, none)).toThrow(Disconnected);
    const failed = new MemoryWire(get);
    expect(() =>
      serveConnection(
        failed,
        () => leave,
        () => false,
        none,
      ),
    ).toThrow(Disconnected);
    expect(gone.written + failed.written).toBe("");
  });
});
