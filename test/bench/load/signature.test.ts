import { expect, it } from "vitest";
import { benchSecret, signatureHeaders } from "../../../bench/load/signature.ts";

it("signs as the libraries of Standard Webhooks do", () => {
  // The vector that the specification's own libraries are tested with.
  const signed = signatureHeaders(
    "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
    '{"test": 2432232314}',
    1_614_265_330_999,
    "msg_p5jXN8AQM9LWM0D4loKWxJek",
  );
  expect(signed).toEqual({
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  });
});

it("has a secret of the length that the specification asks for", () => {
  const bytes = Buffer.from(benchSecret.replace("whsec_", ""), "base64").length;
  expect(bytes).toBeGreaterThanOrEqual(24);
  expect(bytes).toBeLessThanOrEqual(64);
});
