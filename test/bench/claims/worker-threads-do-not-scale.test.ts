import claim from "../../../bench/claims/worker-threads-do-not-scale.ts";
import { itRules } from "./rulings.ts";

const kib = 1024;
const threads = (mib: number | readonly number[], connections = 200) => ({
  scenario: "threads",
  arm: "threads-streaming",
  point: { connections },
  figures: { processEach: typeof mib === "number" ? mib * kib * kib : mib.map((each) => each * kib * kib) },
});
const loop = {
  scenario: "threads",
  arm: "bare",
  point: { connections: 1_000 },
  figures: { processEach: 16 * kib },
};

itRules(claim, {
  confirmed: [
    [threads(7.5), loop],
    [threads([1.7, 1.6, 1.6, 1.6, 1.65, 1.7]), loop],
    // What counts is the most connections that were measured.
    [threads(0.1, 10), threads(7.5), loop],
  ],
  refuted: [
    [threads(1.4), loop],
    [threads([0.1, 0.2, 0.3, 0.2, 0.1, 0.2]), loop],
  ],
  inconclusive: [
    [threads([1, 1.2, 1.5, 1.7, 2, 3]), loop],
    [threads(7.5)],
    [{ ...threads(7.5), given: { generatorBound: true } }, loop],
  ],
});
