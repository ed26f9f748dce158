import assert from "node:assert/strict";
import type { Check } from "../check.ts";
import { SubscriberProcess } from "../subscriber-process.ts";
import { eventually } from "../wait.ts";

export const vanishedSubscriberChecks: readonly Check[] = [
  {
    name: "forgets a subscriber that vanished",
    question: "Are the connections of subscribers killed without goodbye given back?",
    needs: "launch",
    async run(target) {
      const server = await target.launch({ heartbeatMs: 200 });
      const connections = async () => (await server.usage()).server.connections;
      const before = await connections();
      const subscribers = await Promise.all(
        Array.from({ length: 3 }, () => SubscriberProcess.start(target, server.endpoints)),
      );
      // A process per request knows no connection between two requests.
      const during = await connections();
      if (target.transport !== "polling") {
        assert(during >= before + 3, `expected 3 connections more than ${before}, got ${during}`);
      }
      await Promise.all(subscribers.map((subscriber) => subscriber.vanish()));
      const publisher = target.publisher(server.endpoints);
      await publisher.publish("is anybody there?");
      publisher.close();
      await eventually(
        target.pace.deadlineMs,
        `${before} connections, as before`,
        connections,
        (now) => now === before,
      );
    },
  },
];
