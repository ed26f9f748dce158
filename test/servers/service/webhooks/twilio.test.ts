import {
  getExpectedBodyHash,
  getExpectedTwilioSignature,
  validateRequest,
  validateRequestWithBody,
} from "twilio/lib/webhooks/webhooks.js";
import { describe, expect, it } from "vitest";
import { seededRandom } from "../../../../bench/stats/random.ts";
import {
  isTwilioSignature,
  signTwilio,
  twilioBodyHash,
} from "../../../../servers/service/webhooks/twilio.ts";

/** The examples of Twilio's own libraries. */
const token = "12345";
const parameters = {
  CallSid: "CA1234567890ABCDE",
  Caller: "+14158675309",
  Digits: "1234",
  From: "+14158675309",
  To: "+18005551212",
};
const page = "mycompany.com/myapp.php?foo=1&bar=2";
const signature = "RSOYDt4T1cUTdK1PDd93/VVr8B8=";

describe("signTwilio", () => {
  it.each([
    [`https://${page}`, signature],
    ["https://mycompany.com:443/myapp.php?foo=1&bar=2", "kvajT1Ptam85bY51eRf/AJRuM3w="],
    ["http://mycompany.com:80/myapp.php?foo=1&bar=2", "0ZXoZLH/DfblKGATFgpif+LLRf4="],
    ["http://mycompany.com:1234/myapp.php?foo=1&bar=2", "Zmvh+3yNM1Phv2jhDCwEM3q5ebU="],
  ])("signs %s as Twilio does", (url, expected) => {
    expect(signTwilio(token, url, parameters)).toBe(expected);
    expect(isTwilioSignature(expected, token, url, parameters)).toBe(true);
  });

  it("signs the names in order, whatever order they come in", () => {
    const reversed = Object.fromEntries(Object.entries(parameters).reverse());
    expect(signTwilio(token, `https://${page}`, reversed)).toBe(signature);
  });

  it("signs each value of a name once", () => {
    const several = { Sid: "CA123", SidAccount: "AC123", Digits: ["5678", "1234", "1234"] };
    expect(signTwilio(token, `https://${page}`, several)).toBe("IK+Dwps556ElfBT0I3Rgjkr1wJU=");
    expect(signTwilio(token, `https://${page}`, { ...several, Digits: ["1234", "5678"] })).toBe(
      "IK+Dwps556ElfBT0I3Rgjkr1wJU=",
    );
  });

  it("signs a body that is no form by its hash in the address", () => {
    const hash = twilioBodyHash(Buffer.from('{"property": "value", "boolean": true}'));
    expect(hash).toBe("0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620");
    expect(signTwilio(token, `https://${page}&bodySHA256=${hash}`)).toBe("a9nBmqA0ju/hNViExpshrM61xv4=");
  });
});

describe("isTwilioSignature", () => {
  it.each([
    [
      "with its port",
      "https://mycompany.com:443/myapp.php?foo=1&bar=2",
      "https://mycompany.com/myapp.php?foo=1&bar=2",
    ],
    [
      "without its port",
      "https://mycompany.com/myapp.php?foo=1&bar=2",
      "https://mycompany.com:443/myapp.php?foo=1&bar=2",
    ],
    ["without a port of its own", "https://mycompany.com/", "https://mycompany.com:8443/"],
    ["of IPv6 without its port", "http://[::1]/", "http://[::1]:80/"],
    ["escaped by the URL Standard", "https://mycompany.com/?a=%27b%20c", "https://mycompany.com/?a='b c"],
    ["escaped by querystring", "https://mycompany.com/?a=%5Bb%5D&c=~", "https://mycompany.com/?a=[b]&c=%7e"],
  ])("takes an address that was signed %s", (_what, signed, received) => {
    const theirs = getExpectedTwilioSignature(token, signed, parameters);
    expect(validateRequest(token, theirs, received, parameters)).toBe(true);
    expect(isTwilioSignature(theirs, token, received, parameters)).toBe(true);
  });

  it.each([
    ["another path", signature, "https://mycompany.com/other?foo=1&bar=2", parameters],
    ["another scheme", signature, `http://${page}`, parameters],
    ["another query", signature, "https://mycompany.com/myapp.php?foo=1&bar=3", parameters],
    ["a query in another order", signature, "https://mycompany.com/myapp.php?bar=2&foo=1", parameters],
    ["a parameter behind 1,000", signature, `https://${page}${"&".repeat(1_001)}x=1`, parameters],
    ["one parameter more", signature, `https://${page}`, { ...parameters, X: "" }],
    ["another value", signature, `https://${page}`, { ...parameters, Digits: "1235" }],
    ["no signature", "", `https://${page}`, parameters],
    ["half a signature", signature.slice(0, 12), `https://${page}`, parameters],
    // Other base64 of the same bytes.
    ["a signature written otherwise", signature.replace("8=", "9="), `https://${page}`, parameters],
    ["no address", signature, "no address", parameters],
  ])("refuses %s", (_what, given, url, of) => {
    expect(isTwilioSignature(given, token, url, of)).toBe(false);
  });
});

describe("Twilio's own library", () => {
  const random = seededRandom(1);
  const below = (limit: number) => Math.floor(random() * limit);
  const pick = <Item>(items: readonly Item[]): Item => {
    const item = items[below(items.length)];
    if (item === undefined) throw new Error("expected something to pick from, got nothing");
    return item;
  };
  const word = () => Array.from({ length: below(8) }, () => pick([..."abC1+ '[]~%&=é🎷*!"])).join("");
  const names = ["From", "To", "CallSid", "Digits", "a b", "é"];

  function generated() {
    const host = pick(["example.com", "example.com:443", "example.com:80", "127.0.0.1:8080", "[::1]:1"]);
    const query = pick([
      "",
      "?",
      "?a=1",
      `?q=${encodeURIComponent(word())}&r=${encodeURI(word())}`,
      "?x='~[]",
    ]);
    return {
      url: `${pick(["https", "http"])}://${host}/twilio/voice${query}`,
      parameters: Object.fromEntries(
        names.slice(below(names.length)).map((name) => [name, pick([word(), [word(), word(), word()]])]),
      ),
    };
  }

  it("takes what ours signs, and ours what it signs", () => {
    for (let index = 0; index < 500; index++) {
      const { url, parameters: of } = generated();
      const ours = signTwilio(token, url, of);
      expect(getExpectedTwilioSignature(token, url, of)).toBe(ours);
      expect([url, validateRequest(token, ours, url, of)]).toEqual([
        url,
        isTwilioSignature(ours, token, url, of),
      ]);
    }
  });

  it("judges as ours an address that was signed otherwise than received", () => {
    let taken = 0;
    for (let index = 0; index < 500; index++) {
      const { url, parameters: of } = generated();
      const changed = pick([
        url.replace(/:\d+\//, "/"),
        url.replace(/(\w)\/twilio/, "$1:443/twilio"),
        url.replace(/(\w)\/twilio/, "$1:80/twilio"),
        url.replaceAll("'", "%27"),
        url.replaceAll("~", "%7E"),
        new URL(url).href,
        `${url}&`,
      ]);
      const theirs = getExpectedTwilioSignature(token, changed, of);
      const judged = isTwilioSignature(theirs, token, url, of);
      expect([url, changed, judged]).toEqual([url, changed, validateRequest(token, theirs, url, of)]);
      if (judged) taken++;
    }
    expect(taken).toBeGreaterThan(100);
    expect(taken).toBeLessThan(500);
  });

  it("takes a body that is no form by the hash that ours gives", () => {
    const body = '{"text":"é"}';
    expect(getExpectedBodyHash(body)).toBe(twilioBodyHash(Buffer.from(body)));
    const url = `https://${page}&bodySHA256=${twilioBodyHash(Buffer.from(body))}`;
    expect(validateRequestWithBody(token, signTwilio(token, url), url, body)).toBe(true);
  });
});
