import jstat from "jstat";

/** The share of a standard normal distribution that lies below `z`. */
export function normalShareBelow(z: number): number {
  return jstat.normal.cdf(z, 0, 1);
}

/** The `z` that this share of a standard normal distribution lies below; `share` is between 0 and 1, both excluded. */
export function normalQuantile(share: number): number {
  return jstat.normal.inv(share, 0, 1);
}

/** The value that this share of Student's t distribution lies below. */
export function studentQuantile(share: number, degreesOfFreedom: number): number {
  return jstat.studentt.inv(share, degreesOfFreedom);
}

/** The value that this share of the beta distribution lies below. */
export function betaQuantile(share: number, alpha: number, beta: number): number {
  return jstat.beta.inv(share, alpha, beta);
}
