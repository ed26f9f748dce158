import { describe, expect, it } from "vitest";
import { type Case, casesFor, isRight } from "../../../../bench/labs/hostile-webhooks/cases.ts";
import { delivery, signatureOf, without } from "../../../../bench/labs/hostile-webhooks/delivery.ts";
import { forgeries } from "../../../../bench/labs/hostile-webhooks/forgeries.ts";
import { seededRandom } from "../../../../bench/stats/random.ts";

/** The example of the Standard Webhooks specification and its libraries. */
const example = {
  secret: "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
  id: "msg_p5jXN8AQM9LWM0D4loKWxJek",
  timestamp: 1_614_265_330,
  body: Buffer.from('{"test": 2432232314}'),
};
const exampleSignature = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

it("signs as the specification's example", () => {
  expect(signatureOf(example)).toBe(exampleSignature);
  expect(delivery(example).headers).toMatchObject({
    "webhook-id": example.id,
    "webhook-timestamp": "1614265330",
    "webhook-signature": exampleSignature,
  });
  expect(without(delivery(example), "webhook-id").headers).not.toHaveProperty("webhook-id");
});

describe("the battery", () => {
  const cases = casesFor(example.secret, example.timestamp);

  it("has names and ids that do not repeat, but for what is sent twice", () => {
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
    const ids = cases.flatMap(({ deliveries }) => deliveries.map(({ headers }) => headers["webhook-id"]));
    const given = ids.filter((id) => id !== undefined);
    expect(new Set(given).size).toBe(given.length - 1);
  });

  it("wants something out of what is genuine alone", () => {
    for (const { deliveries, orders, name } of cases) {
      const genuine = deliveries.every(({ headers, body, method }) => {
        const id = headers["webhook-id"] ?? "";
        const timestamp = Number(headers["webhook-timestamp"]);
        const signature = signatureOf({ secret: example.secret, id, timestamp, body });
        const inTime = Math.abs(timestamp - example.timestamp) <= 300;
        const isSmall = body.length <= 64 * 1024 && name !== "not JSON";
        return method === "POST" && inTime && isSmall && headers["webhook-signature"]?.includes(signature);
      });
      expect([name, genuine]).toEqual([name, orders === 1]);
    }
  });
});

describe("a case", () => {
  const genuine: Case = { name: "", deliveries: [], orders: 1 };
  const forged: Case = { name: "", deliveries: [], orders: 0 };

  it.each([
    [genuine, [202], 1, true],
    [genuine, [200, 204], 1, true],
    [genuine, [202], 0, false],
    [genuine, [202, 202], 2, false],
    [genuine, [500], 1, false],
    [forged, [401], 0, true],
    [forged, [500], 0, true],
    [forged, [undefined], 0, true],
    [forged, [200], 0, false],
    [forged, [401], 1, false],
  ] as const)("%o answered with %o, %i orders out: right is %s", (given, statuses, orders, right) => {
    expect(isRight(given, { statuses, orders })).toBe(right);
  });
});

describe("forgeries", () => {
  const overheard = { id: example.id, timestamp: example.timestamp, signature: exampleSignature };
  const made = forgeries(60, overheard, seededRandom(1));

  it("are never genuine", () => {
    for (const { headers, body } of made) {
      const genuine = signatureOf({ ...example, body });
      expect(headers["webhook-signature"]).not.toBe(genuine);
    }
  });

  it("are different, and the seed alone decides them", () => {
    expect(new Set(made.map(({ headers }) => headers["webhook-signature"])).size).toBeGreaterThan(30);
    expect(forgeries(60, overheard, seededRandom(1))).toEqual(made);
  });
});
