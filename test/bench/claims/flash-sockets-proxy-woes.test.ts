import { describe } from "vitest";
import { scenario } from "../../../bench/claims/crossings.ts";
import claim from "../../../bench/claims/flash-sockets-proxy-woes.ts";
import { itRules } from "./rulings.ts";

const httpOnly = (tcpWays: number | readonly number[], wsBlocked: number) => [
  { scenario, arm: "http-only", figures: { tcpWays, wsBlocked } },
];

describe(claim.name, () =>
  itRules(claim, {
    confirmed: [httpOnly(0, 0)],
    refuted: [httpOnly(1, 0), httpOnly(2, 0), httpOnly(0, 1)],
    inconclusive: [httpOnly([0, 1, 0, 0, 1, 1], 0)],
  }),
);
