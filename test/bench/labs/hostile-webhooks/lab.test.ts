import { expect, it } from "vitest";
import lab from "../../../../bench/labs/hostile-webhooks/lab.ts";
import { smokeTrial } from "../smoke-trial.ts";

it("the naive receiver lets everybody in, and handles what HTTP and its framework handle", async () => {
  const { figures, notes } = await smokeTrial(lab, { arm: "naive", point: {} });
  expect(figures).toMatchObject({ cases: 15, right: 7, wrong: 8, forgedTries: 60, forgedAccepted: 60 });
  expect(notes.join()).toContain("unsigned (answered 200, 1 order out)");
  expect(notes.join()).toContain("sent twice (answered 200 and 200, 2 orders out)");
});

it("the servers of the project let nobody in who cannot sign, and take what is sent twice once", async () => {
  const { figures, notes } = await smokeTrial(lab, { arm: "service", point: {} });
  expect(notes).toEqual([]);
  expect(figures).toMatchObject({ cases: 15, right: 15, wrong: 0, forgedTries: 60, forgedAccepted: 0 });
});
