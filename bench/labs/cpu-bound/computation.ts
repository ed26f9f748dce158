/**
 * A computation of a fixed number of turns, and so of a fixed amount of work: on a core that others use too it takes
 * longer, as any computation would. Gives a number that depends on every turn, so that no compiler may leave one out.
 */
export function compute(turns: number, seed = 1): number {
  let state = seed;
  for (let turn = 0; turn < turns; turn++) state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
  return state;
}

/** The same computation in parts, between which the event loop handles what has come meanwhile. */
export async function computeInParts(turns: number, partTurns: number): Promise<number> {
  let state = 1;
  for (let left = turns; left > 0; left -= partTurns) {
    state = compute(Math.min(partTurns, left), state);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return state;
}
