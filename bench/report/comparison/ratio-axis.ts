/** A logarithmic axis around 1, which lies in its middle: twice as much is as far from it as half as much. */
export interface RatioAxis {
  readonly domain: readonly [number, number];
  readonly ticks: readonly { readonly value: number; readonly label: string }[];
}

/** Round ratios above 1; those below are their reciprocals. */
const reaches = [1.02, 1.05, 1.1, 1.25, 1.5, 2, 3, 5, 10, 20, 50, 100, 200, 500, 1_000];
/** Between two labels, as a part of half the axis: closer ones would run into each other. */
const leastGap = 0.27;

/** Holds all of the ratios, which are above 0. */
export function ratioAxis(ratios: readonly number[]): RatioAxis {
  const furthest = Math.exp(Math.max(0, ...ratios.map((ratio) => Math.abs(Math.log(ratio)))));
  const reach =
    reaches.find((round) => round >= furthest * 1.005) ?? 10 ** Math.ceil(Math.log10(furthest * 1.005));
  const above = [reach];
  for (const round of reaches.filter((below) => below < reach).reverse()) {
    const [from, to] = [round, above[0] ?? reach].map((ratio) => Math.log(ratio) / Math.log(reach));
    if ((from ?? 0) >= leastGap && (to ?? 1) - (from ?? 0) >= leastGap) above.unshift(round);
  }
  const values = [...above.map((value) => 1 / value).reverse(), 1, ...above];
  return {
    domain: [1 / reach, reach],
    ticks: values.map((value) => ({ value, label: tickText(value) })),
  };
}

/** `1.25×`, `0.8×`, `1/3×`. */
function tickText(value: number): string {
  if (value < 1) {
    const whole = Math.round(1 / value);
    const decimals = Number(value.toPrecision(3));
    return Math.abs(decimals - value) < 1e-9
      ? `${decimals}×`
      : Math.abs(whole * value - 1) < 1e-9
        ? `1/${whole}×`
        : `${value.toFixed(2)}×`;
  }
  return `${value.toLocaleString("en")}×`;
}
