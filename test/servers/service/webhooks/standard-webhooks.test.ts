import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { refuseStandardWebhook } from "../../../../servers/service/webhooks/standard-webhooks.ts";

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
    ["an empty signature", { signature: "v1," }],
    ["several wrong ones", { signature: "v1,AAAA v1,BBBB v2,CCCC" }],
  ])("refuses %s", (_what, headers) => expect(refuse(headers)).toMatch("got none that fits"));

  it("refuses another body and another secret", () => {
    expect(refuse({}, { secret, body: Buffer.from("{}"), nowMs: seconds * 1_000 })).toMatch(
      "got none that fits",
    );
    expect(refuse({}, { secret: "whsec_AAAA", body, nowMs: seconds * 1_000 })).toMatch("got none that fits");
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
