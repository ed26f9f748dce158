import { expect, it } from "vitest";
import lab from "../../../../bench/labs/masking/lab.ts";
import { smokeTrial } from "../smoke-trial.ts";

// RFC 6455, section 5.2: two bytes, two or eight more for the length, four for the key.
it.each([
  ["masked", 128, 8],
  ["copied", 128, 4],
  ["masked", 65_536, 14],
  ["copied", 65_536, 10],
])("%s frames of %i bytes have a header of %i", async (arm, payloadBytes, headerBytes) => {
  const { figures } = await smokeTrial(lab, { arm, point: { payloadBytes } });
  expect(figures.headerBytes).toBe(headerBytes);
  expect(figures.cpuMsPerMb).toBeGreaterThan(0);
});
