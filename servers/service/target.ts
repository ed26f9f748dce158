/** What a request line asks for, in its two parts. */

/** `/events?after=3` without its query. */
export function pathOf(target: string): string {
  return target.split("?", 1)[0] ?? target;
}

/** `/events?after=3` as its query. */
export function queryOf(target: string): URLSearchParams {
  return new URLSearchParams(target.slice(pathOf(target).length));
}
