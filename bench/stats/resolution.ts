/** Of a figure, the part that its clock may leave open. */
const coarsest = 0.05;

/**
 * Why a figure cannot be given: its clock, or whatever it was read with, moves in steps of more than 5 % of it.
 * Undefined when the steps are fine enough. Both numbers are of the same unit.
 */
export function tooCoarse(value: number, step: number, unit: string): string | undefined {
  if (step <= coarsest * Math.abs(value)) return undefined;
  const [shown, steps, least] = [value, step, step / coarsest].map((number) => Number(number.toPrecision(3)));
  return (
    `${shown} ${unit} cannot be told with a clock that moves in steps of ${steps} ${unit}: ` +
    `a step may be ${coarsest * 100} % of a figure, so the least that can be told is ${least} ${unit}`
  );
}
