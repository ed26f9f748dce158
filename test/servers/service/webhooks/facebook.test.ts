import { describe, expect, it } from "vitest";
import { parseSignedRequest, signFacebook } from "../../../../servers/service/webhooks/facebook.ts";
import { hmac } from "../../../../servers/service/webhooks/signature.ts";
import { deliver, nowMs, refusalOf, refusalsOf, secrets } from "./deliver.ts";

const { facebookSecret } = secrets;
const claims = { user_id: "218471", issued_at: nowMs / 1_000, user: { country: "us", locale: "en_US" } };

function delivery(signedRequest = signFacebook(facebookSecret, claims)) {
  return {
    method: "POST",
    target: "/facebook/remove",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ signed_request: signedRequest }).toString(),
  };
}

/** Signed by the secret, whatever it holds. */
function signed(text: string): string {
  const payload = Buffer.from(text).toString("base64url");
  return `${hmac("sha256", facebookSecret, "base64url", payload)}.${payload}`;
}

describe("parseSignedRequest", () => {
  const example =
    "vlXgu64BQGFSQrY0ZcJBZASMvYvTHu9GQ0YM9rjPSso.eyJhbGdvcml0aG0iOiJITUFDLVNIQTI1NiIsIjAiOiJwYXlsb2FkIn0";

  it("reads the well-known example, and signs it alike", () => {
    const read = parseSignedRequest("secret", example);
    expect(read).toEqual({ claims: { algorithm: "HMAC-SHA256", 0: "payload" } });
    expect(signed('{"algorithm":"HMAC-SHA256","0":"payload"}')).toBe(example);
  });

  it.each([
    ["", /a signature, a dot and a payload/],
    [example.replace(".", ""), /a signature, a dot and a payload/],
    [`${example}.x`, /a signature, a dot and a payload/],
    [`${example}=`, /a signature, a dot and a payload/],
    [example.replace("vlX", "vlx"), /got another signature/],
    // Other base64 of the same bytes.
    [example.replace("Sso.", "Ssp."), /got another signature/],
    [`${example}A`, /got another signature/],
    [signed('{"algorithm":"none"}'), /its algorithm is HMAC-SHA256/],
    [signed('{"algorithm":"hmac-sha256"}'), /its algorithm is HMAC-SHA256/],
    [signed("[]"), /its algorithm is HMAC-SHA256/],
    [signed("null"), /its algorithm is HMAC-SHA256/],
    [signed("{"), /expected a JSON body/],
  ])("refuses %s", (text, error) => {
    expect(parseSignedRequest(facebookSecret, text)).toEqual({ error: expect.stringMatching(error) });
  });

  it("refuses another app's", () => {
    expect(parseSignedRequest("Secret", example)).toHaveProperty("error");
  });
});

describe("POST /facebook/remove", () => {
  it("says who removed the app", () => {
    const outcome = deliver(delivery());
    const { user } = claims;
    const data = { userId: "218471", issuedAtMs: nowMs, user };
    expect(outcome.events).toEqual([{ type: "facebook.removed", data, key: "facebook:218471:1614265330" }]);
    expect(outcome.answer([7])).toMatchObject({ status: 200, body: Buffer.from('{"id":7}') });
  });

  const having = refusalsOf(delivery());
  const saying = (other: Readonly<Record<string, unknown>>) =>
    refusalOf(deliver(delivery(signFacebook(facebookSecret, { ...claims, ...other }))));

  it.each([-301, 301])(
    "refuses one that is %i s off, for there is nothing else against a replay",
    (offset) => {
      expect(saying({ issued_at: claims.issued_at + offset })).toMatch(
        /^401 expected issued_at within 300 s/,
      );
      expect(saying({ issued_at: claims.issued_at + offset - Math.sign(offset) })).toMatch(/^taken/);
    },
  );

  it("refuses claims that say too little", () => {
    for (const issuedAt of [undefined, "1614265330", 1.5, Number.NaN]) {
      expect(saying({ issued_at: issuedAt })).toMatch(/^400 .* issued_at/);
    }
    for (const userId of [undefined, 218471, "", "a b", "x".repeat(65)]) {
      expect(saying({ user_id: userId })).toMatch(/^400 .* user_id/);
    }
    expect(saying({ algorithm: "none" })).toMatch(/^401 .* algorithm/);
  });

  it("refuses what is no such form", () => {
    expect(having({ body: "signed=x" })).toMatch(/^400 .* the field signed_request/);
    expect(having({ headers: { "content-type": "application/json" } })).toMatch(/^415 /);
    expect(refusalOf(deliver(delivery("x.y")))).toMatch(/^401 /);
    expect(refusalOf(deliver(delivery(), {}))).toMatch(/^404 .* FACEBOOK_APP_SECRET/);
  });
});
