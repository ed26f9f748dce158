/** What runs in the thread beside the event loop. */
export { compute } from "./computation.ts";
