import type { Examples } from "./rulings.ts";

/** Made-up costs of a kind of Comet beside those of ws, on both sides of twice as much and in between. */
export function cometCostExamples(arm: string): Examples {
  const ws = {
    scenario: "fan-out",
    arm: "ws",
    point: { subscribers: 200 },
    figures: { cpuPerDeliveryUs: [10, 20, 10, 20, 10, 20] },
  };
  const costing = (...cpuPerDeliveryUs: readonly number[]) => [
    ws,
    { ...ws, arm, figures: { cpuPerDeliveryUs } },
  ];
  return {
    confirmed: [costing(60, 120, 70, 140, 80, 160), costing(21, 42, 21, 42, 21, 42)],
    refuted: [
      // The largest point that both have counts.
      [
        ...costing(11, 22, 12, 24, 13, 26),
        { ...ws, point: { subscribers: 1_000 }, figures: { cpuPerDeliveryUs: 1 } },
      ],
      costing(11, 22, 12, 24, 13, 26),
      costing(5, 10, 5, 10, 5, 10),
      costing(19, 39, 19, 39, 19, 39),
    ],
    inconclusive: [
      costing(15, 30, 20, 40, 30, 60),
      [ws],
      // Fewer subscribers than those of ws, as after a clamp: another load.
      [ws, { ...ws, arm, point: { subscribers: 150 }, figures: { cpuPerDeliveryUs: 100 } }],
    ],
  };
}
