import { threadServer } from "./server.ts";

export default threadServer("polling", {
  summary: "polling, each connection served by a thread that blocks",
  exempt: [
    {
      check: "cuts off a subscriber that stops reading",
      reason: "an answer holds at most 1 MiB, and nothing waits between answers",
    },
  ],
});
