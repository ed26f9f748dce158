import { carryTcp } from "./carry-tcp.ts";
import type { Middlebox } from "./middlebox.ts";

/** What the others are compared with. */
const box: Middlebox = {
  summary: "a TCP proxy that passes every byte on, and knows nothing of HTTP",
  onHttpPort: (upstream) => carryTcp(upstream),
  onOtherPort: (upstream) => carryTcp(upstream),
};

export default box;
