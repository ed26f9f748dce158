import { expect, it } from "vitest";
import lab from "../../../../bench/labs/middleboxes/lab.ts";
import { findProgram } from "../../../../bench/labs/middleboxes/start-proxy.ts";
import { type VisitorName, visitors } from "../../../../bench/labs/middleboxes/visitors.ts";
import { smokeTrial } from "../smoke-trial.ts";

/** Who does not come through which box, whatever the speed of this machine. */
const keptOut: Readonly<Record<string, readonly VisitorName[]>> = {
  "strips-upgrade": ["ws", "tcpOnHttpPort"],
  nginx: ["ws", "tcp", "tcpOnHttpPort"],
  haproxy: ["tcp", "tcpOnHttpPort"],
};

const isThere = (arm: string) => !["nginx", "haproxy"].includes(arm) || findProgram(arm) !== undefined;

it.each(Object.keys(keptOut).filter(isThere))("%s lets through whom it should, and no other", async (arm) => {
  const { figures } = await smokeTrial(lab, { arm, point: { roundTripMs: 80 } });
  const blocked = visitors.filter(({ name }) => figures[`${name}Blocked`] === 1).map(({ name }) => name);
  expect(blocked).toEqual(keptOut[arm]);
  // Two round trips at least, for the connection and for what is asked on it.
  for (const { name } of visitors) expect(figures[`${name}Ms`] ?? 160).toBeGreaterThanOrEqual(159);
});

it("knows no program that is not there", () => {
  expect(findProgram("no-such-proxy")).toBeUndefined();
});
