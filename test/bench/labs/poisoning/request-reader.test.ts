import { describe, expect, it } from "vitest";
import { RequestReader } from "../../../../bench/labs/poisoning/request-reader.ts";

const request = "GET /script.js HTTP/1.1\r\nHost: Target.example\r\n\r\n";
const found = { kind: "request", method: "GET", resource: "target.example/script.js" };

/** What a reader makes of these pieces, noise that follows on noise being one. */
function readAll(...pieces: readonly Buffer[]): object[] {
  const reader = new RequestReader();
  const seen: { kind: string; bytes: Buffer }[] = [];
  for (const read of pieces.flatMap((piece) => reader.read(piece))) {
    const last = seen.at(-1);
    if (read.kind === "noise" && last?.kind === "noise") last.bytes = Buffer.concat([last.bytes, read.bytes]);
    else seen.push({ ...read });
  }
  return seen.map(({ bytes, ...read }) => ({ ...read, bytes: bytes.toString("latin1") }));
}

const bytes = (text: string) => Buffer.from(text, "latin1");

describe("the proxy's reader", () => {
  it("finds requests one after the other", () => {
    const connect = "CONNECT a.example:443 HTTP/1.1\r\nHost: a.example:443\r\n\r\n";
    expect(readAll(bytes(request + connect))).toEqual([
      { ...found, bytes: request },
      { kind: "request", method: "CONNECT", resource: "a.example:443a.example:443", bytes: connect },
    ]);
  });

  it("passes over lines that begin no request", () => {
    const noise = "\x81\x7e\x00\x40\r\nGETTING nowhere\r\n";
    expect(readAll(bytes(`${noise}${request}\xff`))).toEqual([
      { kind: "noise", bytes: noise },
      { ...found, bytes: request },
      { kind: "noise", bytes: "\xff" },
    ]);
  });

  it("takes a line that only begins like a request for noise", () => {
    const other = "GET lost\r\n\r\n";
    expect(readAll(bytes(other + request))).toEqual([
      { kind: "noise", bytes: other },
      { ...found, bytes: request },
    ]);
  });

  it("reads requests in pieces, wherever they are cut", () => {
    const text = request + request;
    const whole = readAll(bytes(text));
    for (let cut = 0; cut <= text.length; cut++)
      expect(readAll(bytes(text.slice(0, cut)), bytes(text.slice(cut)))).toEqual(whole);
    expect(readAll(...[...text].map(bytes))).toEqual(whole);
  });

  it("reads a request after noise in pieces, if its method is whole", () => {
    const noise = "\x00\r\n";
    const whole = readAll(bytes(noise + request));
    const inMethod = (cut: number) => cut > noise.length && cut < noise.length + "GET ".length;
    for (let cut = 0; cut <= noise.length + request.length; cut++) {
      const text = noise + request;
      const cutInTwo = readAll(bytes(text.slice(0, cut)), bytes(text.slice(cut)));
      if (inMethod(cut)) expect(cutInTwo).toEqual([{ kind: "noise", bytes: text }]);
      else expect(cutInTwo).toEqual(whole);
    }
  });

  it("holds nothing back that cannot become a request", () => {
    expect(readAll(bytes("^n:ds[4U"))).toEqual([{ kind: "noise", bytes: "^n:ds[4U" }]);
    expect(readAll(bytes("\x82\xfe\nG"))).toEqual([{ kind: "noise", bytes: "\x82\xfe\nG" }]);
    expect(readAll(bytes("GET /half"))).toEqual([]);
  });
});
