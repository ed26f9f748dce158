import claim from "../../../bench/claims/native-threads-do-not-scale.ts";
import { itRules } from "./rulings.ts";

const cell = (arm: string, memoryEach: number | readonly number[]) => ({
  scenario: "threads",
  arm,
  point: { connections: 10_000 },
  figures: { memoryEach },
});
const loop = cell("native-loop", 4_000);

itRules(claim, {
  confirmed: [
    [cell("native-threads", 404_000), loop],
    // However heavy the event loop of Node.js: the same language is compared.
    [cell("native-threads", 8_000_000), loop, cell("tcp", 1_000_000)],
  ],
  refuted: [
    [cell("native-threads", 36_000), loop],
    [cell("native-threads", [390_000, 392_000, 394_000, 395_000, 396_000, 398_000]), loop],
  ],
  inconclusive: [
    [cell("native-threads", [300_000, 350_000, 390_000, 410_000, 450_000, 500_000]), loop],
    // The process alone would make a thread of every weight look heavy beside a record of forty bytes.
    [{ ...cell("native-threads", 36_000), figures: { processEach: 8_500 } }, loop],
    [cell("native-threads", 36_000)],
  ],
});
