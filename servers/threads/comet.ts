import { threadServer } from "./server.ts";

export default threadServer("comet", {
  summary: "comet, each held request a thread asleep",
  exempt: [
    {
      check: "cuts off a subscriber that stops reading",
      reason: "an answer holds at most 1 MiB, and nothing waits between answers",
    },
  ],
});
