import { describe, expect, it } from "vitest";
import { Origins } from "../../../servers/service/origin.ts";

const origins = new Origins({
  allowedOrigins: ["http://peer.example:8081", "HTTPS://Other.example/"],
  publicUrl: "https://demo.example",
});

function admits(origin: string | undefined, host = "127.0.0.1:8080"): boolean {
  return origins.admits({ headers: { origin, host } });
}

describe("Origins", () => {
  it("admits whoever is no page", () => {
    expect(admits(undefined)).toBe(true);
    expect(admits(undefined, "foreign.example")).toBe(true);
  });

  it.each([
    "127.0.0.1:8080",
    "127.0.0.1",
    "192.168.1.7:80",
    "[::1]:8080",
    "localhost:8080",
    "demo.example:8080",
  ])("admits the pages of the server itself at %s", (host) => {
    const { origin } = new URL(`http://${host}`);
    expect(admits(origin, new URL(origin).host)).toBe(true);
  });

  it.each(["http://peer.example:8081", "https://other.example", "https://demo.example"])(
    "admits pages of %s, which it was told of, wherever they ask",
    (origin) => {
      expect(admits(origin)).toBe(true);
      expect(admits(origin, "rebound.example")).toBe(true);
    },
  );

  it.each([
    ["null", "127.0.0.1:8080"],
    ["", "127.0.0.1:8080"],
    ["http://foreign.example", "127.0.0.1:8080"],
    ["http://127.0.0.1:8081", "127.0.0.1:8080"],
    ["http://127.0.0.1", "127.0.0.1:8080"],
    ["https://127.0.0.1:8080", "127.0.0.1:8080"],
    ["http://localhost:8080", "127.0.0.1:8080"],
    ["http://127.0.0.1:8080.foreign.example", "127.0.0.1:8080"],
    ["http://127.0.0.1:8080/", "127.0.0.1:8080/"],
    ["http://127.0.0.1:8080, http://127.0.0.1:8080", "127.0.0.1:8080"],
    ["http://peer.example", "peer.example"],
    ["http://peer.example:8081.foreign.example", "127.0.0.1:8080"],
    // A foreign name that leads here.
    ["http://rebound.example:8080", "rebound.example:8080"],
    ["http://1.2.3.4.rebound.example:8080", "1.2.3.4.rebound.example:8080"],
    ["http://localhost.rebound.example:8080", "localhost.rebound.example:8080"],
    ["http://beef.example:8080", "beef.example:8080"],
    ["http://undefined", undefined],
  ])("refuses pages of %j that ask %j", (origin, host) => {
    expect(origins.admits({ headers: { origin, host } })).toBe(false);
  });

  it("lets pages of the origins that it was told of read, and no others", () => {
    const fieldsFor = (origin: string | undefined) =>
      origins.fieldsFor({ headers: { origin, host: "127.0.0.1:8080" } });
    expect(fieldsFor("https://other.example")).toEqual({
      "Access-Control-Allow-Origin": "https://other.example",
      Vary: "Origin",
    });
    for (const other of [undefined, "null", "*", "http://foreign.example", "http://127.0.0.1:8080"]) {
      expect(fieldsFor(other)).toEqual({});
    }
  });

  it("says who was refused, and what lets them in", () => {
    const headers = { origin: "http://foreign.example", host: "127.0.0.1:8080" };
    expect(origins.refusal({ headers })).toMatch(
      /^expected .*, got http:\/\/foreign\.example; .*--allowed-origins/,
    );
  });

  it.each([
    "null",
    "*",
    "peer.example:8081",
    "ws://peer.example",
    "http://h:1/path?x",
    "http://u@h:1",
    "http://h#x",
    "",
  ])("does not take %j for an origin", (text) => {
    expect(() => new Origins({ allowedOrigins: [text], publicUrl: "" })).toThrow(
      /^expected allowedOrigins as/,
    );
  });

  it("does not take a public address that is none", () => {
    expect(() => new Origins({ allowedOrigins: [], publicUrl: "demo" })).toThrow(/^expected publicUrl as/);
  });
});
