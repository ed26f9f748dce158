/** The part of jstat that is used here; the package brings no types. */
declare module "jstat" {
  const jstat: {
    readonly normal: {
      cdf(x: number, mean: number, deviation: number): number;
      inv(probability: number, mean: number, deviation: number): number;
    };
    readonly beta: { inv(probability: number, alpha: number, beta: number): number };
    readonly studentt: { inv(probability: number, degreesOfFreedom: number): number };
  };
  export default jstat;
}
