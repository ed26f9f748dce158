import claim from "../../../bench/claims/websocket-headers.ts";
import { itRules } from "./rulings.ts";

const ws = { scenario: "bytes", arm: "ws", point: { clients: 20 }, figures: { headerBytes: 2 } };
const poll = (headerBytes: number | readonly number[]) => ({
  ...ws,
  arm: "poll-2009",
  figures: { headerBytes },
});

itRules(claim, {
  confirmed: [
    [poll(909), ws],
    [poll(420), ws],
    [poll([401, 410, 420, 430, 440, 450]), ws],
  ],
  refuted: [
    [poll(72), ws],
    [poll([350, 360, 370, 380, 390, 399]), ws],
  ],
  inconclusive: [[poll([380, 390, 395, 405, 410, 420]), ws], [poll(909)], [ws]],
});
