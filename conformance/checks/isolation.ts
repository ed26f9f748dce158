import type { Check } from "../check.ts";

export const isolationChecks: readonly Check[] = [
  {
    name: "shares nothing with a server beside it",
    question: "Have two servers on one machine their own ids, events and subscribers?",
    needs: "launch",
    async run(target) {
      const servers = await Promise.all([target.launch(), target.launch()]);
      const sides = await Promise.all(
        servers.map(async ({ endpoints }, side) => ({
          reader: await target.read({ endpoints }),
          publisher: target.publisher(endpoints),
          events: 3 + side,
        })),
      );
      await Promise.all(
        sides.map(({ publisher, events }, side) => publisher.publishMany(events, () => side)),
      );
      for (const [side, { reader, events }] of sides.entries()) {
        await reader.untilId(events);
        reader.assertIds(1, events);
        const strange = reader.events.filter(({ data }) => data !== side);
        if (strange.length > 0)
          throw new Error(`expected events of side ${side}, got ${JSON.stringify(strange)}`);
      }
    },
  },
];
