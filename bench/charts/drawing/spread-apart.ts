/**
 * Moves positions, given in ascending order, as little as can be (by least squares) until each lies `gap` or more from
 * the last, all of them between `from` and `to` where these leave room.
 */
export function spreadApart(
  positions: readonly number[],
  gap: number,
  { from, to }: { readonly from: number; readonly to: number },
): number[] {
  // Less its share of the gaps, each has only to be no less than the last: a monotone regression, by pooling neighbours.
  const pools: { sum: number; count: number }[] = [];
  for (const [index, position] of positions.entries()) {
    let pool = { sum: position - index * gap, count: 1 };
    for (let last = pools.at(-1); last !== undefined && meanOf(last) > meanOf(pool); last = pools.at(-1)) {
      pools.pop();
      pool = { sum: last.sum + pool.sum, count: last.count + pool.count };
    }
    pools.push(pool);
  }
  const latest = to - gap * (positions.length - 1);
  return pools
    .flatMap((pool) => Array.from({ length: pool.count }, () => meanOf(pool)))
    .map((shifted, index) => Math.max(from, Math.min(latest, shifted)) + index * gap);
}

function meanOf({ sum, count }: { readonly sum: number; readonly count: number }): number {
  return sum / count;
}
