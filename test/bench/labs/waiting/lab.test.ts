import { describe, expect, it } from "vitest";
import type { Lab } from "../../../../bench/labs/lab.ts";
import waiting from "../../../../bench/labs/waiting/lab.ts";
import { profileNames } from "../../../../bench/profiles.ts";
import { cellOf, smokeOptions, smokeTrial } from "../smoke-trial.ts";

describe("the lab waiting", () => {
  it("measures each way of waiting below its law, and the event loop above a blocked thread", async () => {
    const perSecond = new Map<string, number>();
    for (const arm of ["blocking-loop", "pool-4", "event-loop"]) {
      const { figures } = await smokeTrial(waiting, cellOf(waiting, arm));
      const { perSecond: measured = 0, lawPerSecond: law = 0, cpuOfWaitPercent = 0 } = figures;
      expect(law, arm).toBe({ "blocking-loop": 200, "pool-4": 800, "event-loop": 2_000 }[arm]);
      // A timer may be early by less than it is coarse; nothing else makes a query shorter.
      expect(measured, arm).toBeLessThan(law * 1.1);
      expect(measured, arm).toBeGreaterThan(0);
      if (process.platform === "linux") expect(cpuOfWaitPercent, arm).toBeGreaterThan(0);
      perSecond.set(arm, measured);
    }
    expect(perSecond.get("event-loop")).toBeGreaterThan(perSecond.get("blocking-loop") ?? Number.NaN);
  });

  it("says whose database it is that waits", () => {
    const told = (...said: string[]) => waiting.conditions(smokeOptions(...said)).join(" ");
    expect(told()).toContain("a process on the load's core");
    expect(told("--database", "postgres://me:pa55w0rd@db/x")).toContain(
      "the PostgreSQL at postgres://me@db/x",
    );
    expect(told("--database", "postgres://me:pa55w0rd@db/x")).not.toContain("pa55w0rd");
  });

  it.each(profileNames)("asks in %s for arms that it has", (profile) => {
    const lab: Lab = waiting;
    const names = lab.arms.map(({ name }) => name);
    const cells = lab.cells({ ...smokeOptions(), profile });
    expect(names).toEqual(expect.arrayContaining(cells.map(({ arm }) => arm)));
  });

  it("refuses a database that is not there before anything is measured", async () => {
    const options = smokeOptions("--database", "postgres://me:pa55w0rd@127.0.0.1:1/x");
    const refused = waiting.check(options);
    await expect(refused).rejects.toThrow(
      "expected: a PostgreSQL that answers at postgres://me@127.0.0.1:1/x",
    );
    await expect(refused).rejects.toThrow("got: connect ECONNREFUSED");
  });
});
