import { describe, expect, it } from "vitest";
import { spelled } from "../../../../bench/labs/poisoning/page.ts";
import {
  hixieProof,
  isProtocolName,
  masked,
  openingOf,
  predictableKey,
  protocols,
  wireBytes,
} from "../../../../bench/labs/poisoning/protocols.ts";
import { scriptRequest } from "../../../../bench/labs/poisoning/scripts.ts";

const target = "target-1.example";

describe("the handshake of hixie-76", () => {
  it("is proven as in the draft's own examples", () => {
    const proof = (key1: string, key2: string, key3: string) =>
      hixieProof(key1, key2, Buffer.from(key3)).toString("latin1");
    expect(proof("4 @1  46546xW%0l 1 5", "12998 5 Y3 1  .P00", "^n:ds[4U")).toBe("8jKS'y:G*Co,Wxa-");
    expect(
      proof("18x 6]8vM;54 *(5:  {   U1]8  z [  8", "1_ tx7X d  <  nw  334J702) 7]o}` 0", "Tm[K T2u"),
    ).toBe("fQJ,fN/4F4!~K~MH");
  });

  it("hides whole numbers of 32 bits in its keys", () => {
    for (let time = 0; time < 100; time++) {
      const request = openingOf("hixie-76", "a.example", "/")?.request.toString("latin1") ?? "";
      const keys = [...request.matchAll(/Key\d: (.*)\r\n/g)].map(([, key = ""]) => key);
      expect(keys).toHaveLength(2);
      for (const key of keys) {
        const number = Number(key.replace(/\D/g, "")) / (key.split(" ").length - 1);
        expect(Number.isSafeInteger(number)).toBe(true);
        expect(number).toBeLessThan(2 ** 32);
      }
    }
  });
});

describe("a mask", () => {
  it("is that of RFC 6455, section 5.7", () => {
    expect(masked(Buffer.from("Hello"), predictableKey).toString("hex")).toBe("7f9f4d5158");
    const frame = wireBytes(protocols["predictable-mask"], Buffer.from("Hello"));
    expect(frame.toString("hex")).toBe("828537fa213d7f9f4d5158");
  });

  it("that the page knows lets its request through in the clear, and no other does", () => {
    const wire = (name: "predictable-mask" | "fresh-mask") =>
      wireBytes(protocols[name], spelled(target, protocols[name]));
    expect(wire("predictable-mask").includes(scriptRequest(target))).toBe(true);
    const keys = new Set<string>();
    for (let time = 0; time < 100; time++) {
      const fresh = wire("fresh-mask");
      expect(fresh.includes(scriptRequest(target))).toBe(false);
      expect(fresh.length).toBe(wire("predictable-mask").length);
      keys.add(fresh.toString("hex", 2, 6));
    }
    expect(keys.size).toBeGreaterThan(95);
  });
});

it("frames without a mask hold what was sent as it is", () => {
  const sent = spelled(target, protocols.unmasked);
  const header = sent.length < 126 ? 2 : 4;
  expect(wireBytes(protocols.unmasked, sent).subarray(header)).toEqual(sent);
  expect(wireBytes(protocols["hixie-76"], sent)).toEqual(Buffer.concat([Buffer.of(0), sent, Buffer.of(255)]));
  expect(wireBytes(protocols["raw-tcp"], sent)).toEqual(sent);
});

it("names are known by their list alone", () => {
  expect(["tls", "toString", "nobody"].map(isProtocolName)).toEqual([true, false, false]);
});
