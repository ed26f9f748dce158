import { threadServer } from "./server.ts";

export default threadServer("streaming", {
  summary: "server-sent events, each subscriber a thread asleep between events",
  exempt: [],
});
