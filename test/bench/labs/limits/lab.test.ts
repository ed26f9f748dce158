import { beforeAll, describe, expect, it } from "vitest";
import { arms } from "../../../../bench/labs/limits/arms.ts";
import lab, { isOfServer } from "../../../../bench/labs/limits/lab.ts";
import { sizes } from "../../../../bench/labs/limits/sizes.ts";
import type { Outcome } from "../../../../bench/result.ts";
import { loadServer, serverNames } from "../../../../servers/index.ts";
import { noErrors } from "../../fixtures/one-cell.ts";
import { smokeTrials } from "../smoke-trial.ts";

describe("the lab limits", () => {
  let outcomes: ReadonlyMap<string, Outcome>;
  beforeAll(async () => {
    outcomes = await smokeTrials(lab);
  }, 60_000);

  it.each(Object.entries(sizes.smoke.targets))(
    "holds with %s what it was asked to hold, and serves it",
    (name, target) => {
      const outcome = outcomes.get(name);
      if (outcome?.state !== "completed")
        throw new Error(`expected ${name} to complete, got ${JSON.stringify(outcome)}`);
      const { figures, errors, notes } = outcome;
      expect(figures).toMatchObject({ held: target, delivered: figures.due });
      expect(figures.due).toBeGreaterThan(0);
      expect(figures).not.toHaveProperty("ceiling");
      expect(errors).toEqual(noErrors);
      expect(notes).toContain("the ramp ended: all that were asked for are connected");
    },
  );
});

it("has every server as an arm, with its own I/O model and transport", async () => {
  expect(arms.map(({ name }) => name)).toEqual(serverNames);
  for (const { name, ioModel, transport } of arms)
    expect(await loadServer(name)).toMatchObject({ ioModel, transport });
});

it.each(Object.entries(sizes))(
  "asks no server for more than its ceiling in %s",
  async (_profile, { targets }) => {
    for (const name of serverNames) {
      const { ceiling } = await loadServer(name);
      const target = Object.entries(targets).find(([server]) => server === name)?.[1] ?? 0;
      expect(target).toBeLessThanOrEqual(ceiling?.subscribers ?? Number.POSITIVE_INFINITY);
    }
  },
);

it("takes for the server's own limit what neither the load nor the system has set", () => {
  const refused = "attempts failed, most often with: expected status 200, got 503";
  expect(isOfServer({ endedBy: "failures", limit: refused })).toBe(true);
  const noFiles = "attempts failed, most often with: connect EMFILE 127.0.0.1:1";
  expect(isOfServer({ endedBy: "failures", limit: noFiles })).toBe(false);
  for (const endedBy of ["target", "open files", "time"] as const)
    expect(isOfServer({ endedBy, limit: "" })).toBe(false);
});
