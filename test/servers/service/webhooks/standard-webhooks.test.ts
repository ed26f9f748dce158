import { createHmac } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { describe, expect, it, vi } from "vitest";
import { checkOptions } from "../../../../servers/check-options.ts";
import { withDefaults } from "../../../../servers/options.ts";
import {
  refuseStandardWebhook,
  signStandardWebhook,
} from "../../../../servers/service/webhooks/standard-webhooks.ts";

/** The example of the Standard Webhooks specification and its reference libraries. */
const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
const seconds = 1_614_265_330;
const body = Buffer.from('{"test": 2432232314}');
const signature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";
const genuine = { id: "msg_p5jXN8AQM9LWM0D4loKWxJek", timestamp: String(seconds), signature };

const refuse = (headers: Partial<typeof genuine> = {}, given = { secret, body, nowMs: seconds * 1_000 }) =>
  refuseStandardWebhook(given.secret, { ...genuine, ...headers }, given.body, given.nowMs);

describe("refuseStandardWebhook", () => {
  it("takes the specification's example", () => expect(refuse()).toBeUndefined());

  it("takes a secret without its prefix", () => {
    expect(
      refuse({}, { secret: secret.slice("whsec_".length), body, nowMs: seconds * 1_000 }),
    ).toBeUndefined();
  });

  it.each(["id", "timestamp", "signature"] as const)("refuses a delivery without %s", (name) => {
    const missing = refuseStandardWebhook(secret, { ...genuine, [name]: undefined }, body, seconds * 1_000);
    expect(missing).toMatch("expected the headers webhook-id");
    expect(refuse({ [name]: "" })).toMatch("expected the headers webhook-id");
  });

  it.each(["x", "-1614265330", "1614265330.5", "1e9", " 1614265330", "1614265330000000"])(
    "refuses the time %j",
    (timestamp) => expect(refuse({ timestamp })).toMatch("in whole seconds since 1970"),
  );

  it.each([
    [-301, false],
    [-300, true],
    [300, true],
    [301, false],
  ])("judges a clock that is %i s off", (offset, taken) => {
    const refusal = refuse({}, { secret, body, nowMs: (seconds + offset) * 1_000 });
    if (taken) expect(refusal).toBeUndefined();
    else expect(refusal).toMatch("within 300 s of now");
  });

  it.each([
    ["another id", { id: "msg_other" }],
    ["another time", { timestamp: String(seconds + 1) }],
    ["half a signature", { signature: signature.slice(0, 20) }],
    ["a longer signature", { signature: signature.replace("=", "AAAA") }],
    ["no version", { signature: signature.slice(3) }],
    ["another version", { signature: signature.replace("v1", "v2") }],
    ["an asymmetric version", { signature: signature.replace("v1", "v1a") }],
    ["other base64 of the same bytes", { signature: signature.replace("E=", "F=") }],
    ["the right one after eight others", { signature: `${"v1,AAAA ".repeat(8)}${signature}` }],
    ["an empty signature", { signature: "v1," }],
    ["several wrong ones", { signature: "v1,AAAA v1,BBBB v2,CCCC" }],
  ])("refuses %s", (_what, headers) => expect(refuse(headers)).toMatch("got none that fits"));

  it("refuses another body and another secret", () => {
    expect(refuse({}, { secret, body: Buffer.from("{}"), nowMs: seconds * 1_000 })).toMatch(
      "got none that fits",
    );
    expect(refuse({}, { secret: `whsec_${"A".repeat(32)}`, body, nowMs: seconds * 1_000 })).toMatch(
      "got none that fits",
    );
  });

  it.each([`v1,AAAA ${signature}`, `${signature} v1,AAAA`, `v2,unknown v1a,other ${signature}`])(
    "takes the genuine one of several: %s",
    (several) => expect(refuse({ signature: several })).toBeUndefined(),
  );

  it("signs the bytes, not the text: a body that is no UTF-8 is judged too", () => {
    const bytes = Buffer.from([0xff, 0xfe]);
    const key = Buffer.from(secret.slice("whsec_".length), "base64");
    const digest = createHmac("sha256", key)
      .update(`${genuine.id}.${seconds}.`)
      .update(bytes)
      .digest("base64");
    const refusal = refuse({ signature: `v1,${digest}` }, { secret, body: bytes, nowMs: seconds * 1_000 });
    expect(refusal).toBeUndefined();
  });
});

/** Of the specification: its example of the header. The keys are those of the libraries' tests. */
const asymmetric = {
  signs: "whsk_6Xb/dCcHpPea21PS1N9VY/NZW723CEc77N4rJCubMbfVKIDij2HKpMKkioLlX0dRqSKJp4AJ6p9lMicMFs6Kvg==",
  verifies: "whpk_1SiA4o9hyqTCpIqC5V9HUakiiaeACeqfZTInDBbOir4=",
  signature: "v1a,hnO3f9T8Ytu9HwrXslvumlUpqtNVqkhqw/enGzPCXe5BdqzCInXqYXFymVJaA7AZdpXwVLPo3mNl8EM+m7TBAg==",
};
const nowMs = seconds * 1_000;

describe("signStandardWebhook", () => {
  const sign = (by: string) => signStandardWebhook(by, genuine.id, seconds, body);

  it("signs the specification's examples as it does", () => {
    expect(sign(secret)).toBe(signature);
    expect(sign(asymmetric.signs)).toBe(asymmetric.signature);
    const seedAlone = Buffer.from(asymmetric.signs.slice(5), "base64").subarray(0, 32).toString("base64");
    expect(sign(`whsk_${seedAlone}`)).toBe(asymmetric.signature);
  });

  it("signs by every key while one is replaced, and takes what any of them signed", () => {
    const both = `${secret} ${asymmetric.signs}`;
    expect(sign(both)).toBe(`${signature} ${asymmetric.signature}`);
    for (const by of [secret, asymmetric.verifies, asymmetric.signs, both]) {
      expect(refuse({ signature: sign(both) }, { secret: by, body, nowMs })).toBeUndefined();
    }
    expect(refuse({}, { secret: `whsec_${"A".repeat(32)} ${secret}`, body, nowMs })).toBeUndefined();
  });

  it("cannot sign by a public key", () => {
    expect(() => sign(asymmetric.verifies)).toThrow("expected a key that signs, whsk_ or whsec_, got whpk_");
  });

  it.each([
    ["another body", { body: Buffer.from("{}") }, {}],
    ["another id", {}, { id: "msg_other" }],
    ["a signature that is no base64", {}, { signature: "v1a,?" }],
    ["other base64 of the same bytes", {}, { signature: asymmetric.signature.replace("Ag==", "Ah==") }],
    ["a symmetric signature", {}, { signature }],
    ["a symmetric one by the public key", {}, { signature: asymmetric.signature.replace("v1a", "v1") }],
  ])("has %s refused, asymmetrically", (_what, given, headers) => {
    const by = { secret: asymmetric.verifies, body, nowMs, ...given };
    expect(refuse({ signature: asymmetric.signature, ...headers }, by)).toMatch("got none that fits");
  });

  it("is understood by the reference library, and understands it", () => {
    vi.useFakeTimers({ now: nowMs, toFake: ["Date"] });
    try {
      const theirs = new Webhook(secret);
      for (let index = 0; index < 100; index++) {
        const id = `msg_${index}`;
        const text = JSON.stringify({ index, text: `é${"x".repeat(index)}` });
        const ours = signStandardWebhook(secret, id, seconds, text);
        const headers = {
          "webhook-id": id,
          "webhook-timestamp": String(seconds),
          "webhook-signature": ours,
        };
        expect(theirs.verify(text, headers)).toEqual(JSON.parse(text));
        const signed = { id, timestamp: String(seconds), signature: theirs.sign(id, new Date(nowMs), text) };
        expect(refuseStandardWebhook(secret, signed, Buffer.from(text), nowMs)).toBeUndefined();
      }
    } finally {
      vi.useRealTimers();
    }
  });
});

describe("the secrets of a server", () => {
  const start = (webhookSecret: string) => () => checkOptions(withDefaults({ webhookSecret }));
  const bytes = (count: number) => Buffer.alloc(count, 7).toString("base64");

  it.each([
    "",
    secret,
    `whsec_${bytes(24)}`,
    `whsec_${bytes(64)}`,
    asymmetric.verifies,
    ` ${secret}  ${secret}\n`,
  ])("may be %j", (given) => expect(start(given)).not.toThrow());

  it.each([
    `whsec_${bytes(23)}`,
    `whsec_${bytes(65)}`,
    `whpk_${bytes(31)}`,
    `whpk_${bytes(64)}`,
    `whsk_${bytes(33)}`,
    "whsec_",
    "whsec_no?base64",
    `${secret} short`,
  ])("may not be %j, and are not repeated", (given) => {
    expect(start(given)).toThrow(/^expected .* got \d+ bytes/);
    expect(start(given)).not.toThrow(given.split("_")[1] || "never");
  });

  it("are checked with the public URL, which is signed to the letter", () => {
    const at = (publicUrl: string) => () => checkOptions(withDefaults({ publicUrl }));
    expect(at("https://example.com:8443")).not.toThrow();
    for (const url of [
      "https://example.com/",
      "https://example.com/x",
      "example.com",
      "HTTPS://example.com",
    ]) {
      expect(at(url)).toThrow("expected a public URL such as https://example.com");
    }
  });
});
