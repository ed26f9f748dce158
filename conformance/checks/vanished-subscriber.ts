import type { Check } from "../check.ts";
import { SubscriberProcess } from "../subscriber-process.ts";
import { eventually } from "../wait.ts";

export const vanishedSubscriberChecks: readonly Check[] = [
  {
    name: "forgets a subscriber that vanished",
    question: "Are the connections of subscribers killed without goodbye given back?",
    needs: "launch",
    async run(target) {
      const server = await target.launch({ heartbeatMs: 500 });
      const connections = async () => (await server.usage()).server.connections;
      const { deadlineMs } = target.pace;
      const before = await connections();
      const subscribers = await Promise.all(
        Array.from({ length: 3 }, () => SubscriberProcess.start(target, server.endpoints)),
      );
      // Polling knows no connection between two requests.
      if (target.transport !== "polling") {
        await eventually(deadlineMs, "3 connections more", connections, (now) => now >= before + 3);
      }
      await Promise.all(subscribers.map((subscriber) => subscriber.vanish()));
      const publisher = target.publisher(server.endpoints);
      await publisher.publish("is anybody there?");
      publisher.close();
      await eventually(deadlineMs, `${before} connections, as before`, connections, (now) => now === before);
    },
  },
];
