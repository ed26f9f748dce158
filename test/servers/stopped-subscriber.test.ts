import { expect, it } from "vitest";
import type { Pace } from "../../conformance/check.ts";
import { Publisher } from "../../conformance/publisher.ts";
import { SubscriberProcess } from "../../conformance/subscriber-process.ts";
import { eventually } from "../../conformance/wait.ts";
import { loadServer, type ServerName, serverNames } from "../../servers/index.ts";
import { launchServer } from "../../servers/launch.ts";
import { goodbyeMs } from "../../servers/service/feeds.ts";

const pushed = ["streaming", "ws", "socketio", "tcp"];
const pushing: ServerName[] = [];
for (const name of serverNames) {
  const { ioModel, transport } = await loadServer(name);
  if (ioModel === "event loop" && pushed.includes(transport)) pushing.push(name);
}

const pace: Pace = { pollMs: 20, publishers: 2, deadlineMs: 20_000 };
const largeText = "x".repeat(60 * 1024);

// Side by side: each waits for most of its time.
it.concurrent.each(pushing)(
  "%s ends by force one that was cut off and never reads again, and goes on",
  async (name) => {
    const server = await launchServer(name, { server: { heartbeatMs: 300 } });
    const publisher = new Publisher(server.endpoints.http, pace.publishers);
    const cleanUps: (() => unknown)[] = [() => server.kill(), () => publisher.close()];
    try {
      const { transport } = await loadServer(name);
      const afterwards = (cleanUp: () => unknown) => void cleanUps.push(cleanUp);
      const usage = async () => (await server.usage()).server;
      await publisher.publishMany(pace.publishers, () => "");
      const without = (await usage()).connections;
      const stopped = await SubscriberProcess.start({
        transport,
        pace,
        endpoints: server.endpoints,
        afterwards,
      });
      stopped.stopReading();
      for (let round = 0; round < 500 && (await usage()).cutOff === 0; round++) {
        await publisher.publishMany(4, () => largeText);
      }
      const gone = ({ connections }: { connections: number }) => connections <= without;
      await eventually(3 * goodbyeMs, "the stopped subscriber's connections to be gone", usage, gone);
      expect(await publisher.publish("still here")).toBeGreaterThan(0);
    } finally {
      for (const cleanUp of cleanUps.reverse()) await cleanUp();
    }
  },
);
