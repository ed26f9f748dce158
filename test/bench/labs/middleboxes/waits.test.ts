import { expect, it } from "vitest";
import { largestScale, waitsOf, waitsText } from "../../../../bench/labs/middleboxes/waits.ts";

it.each([1, largestScale])(
  "keeps in proportion what decides whether a connection is idle, at 1 to %d",
  (scale) => {
    const { heartbeatMs, idleMs, waitSeconds, pollMs, quietMs } = waitsOf("closes", scale);
    for (const silence of [heartbeatMs, waitSeconds * 1_000, pollMs]) expect(silence).toBeLessThan(idleMs);
    expect(quietMs).toBeGreaterThan(idleMs);
    expect(Number.isInteger(waitSeconds)).toBe(true);
    const sooner = waitsOf("closes sooner", scale);
    expect(sooner.idleMs).toBeLessThan(heartbeatMs);
    expect(sooner.idleMs).toBeGreaterThan(pollMs);
  },
);

it("gives a client that times out the time to come back", () => {
  const { connectTimeoutMs, reconnectMs, patienceMs, quietMs } = waitsOf("keeps", 1);
  expect({ connectTimeoutMs, reconnectMs, quietMs }).toEqual({
    connectTimeoutMs: 10_000,
    reconnectMs: 1_000,
    quietMs: 0,
  });
  expect(patienceMs).toBeGreaterThan(connectTimeoutMs + reconnectMs);
});

it("says so where it waits for less than in life", () => {
  expect(waitsText(1).join(" ")).not.toContain("shorter");
  expect(waitsText(largestScale).join(" ")).toContain("20 times shorter");
  expect(waitsText(1).join(" ")).toContain("gives a connection up after 10 s");
});
