import claim from "../../../bench/claims/process-per-request-costs-more.ts";
import { itRules } from "./rulings.ts";

const handler = { scenario: "museum", arm: "handler", figures: { cpuMs: 0.05, wallMs: 0.1 } };
const perl = (...cpuMs: readonly number[]) => [handler, { ...handler, arm: "perl", figures: { cpuMs } }];

itRules(claim, {
  confirmed: [perl(3, 3.1, 3.2, 3.3, 3.4, 3.5), perl(1.01, 1.02, 1.03, 1.04, 1.05, 1.06)],
  refuted: [perl(0.2, 0.2, 0.3, 0.3, 0.4, 0.4), perl(0.94, 0.95, 0.96, 0.97, 0.98, 0.99)],
  inconclusive: [perl(0.8, 0.9, 0.95, 1.05, 1.1, 1.2), [handler]],
});
