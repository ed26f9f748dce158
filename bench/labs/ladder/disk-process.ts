/** A process that reads from the disk, and waits for it. */
import { serve } from "../../load/rpc.ts";
import { directReads } from "./direct-reads.ts";

const methods = { directReads };
export type DiskMethods = typeof methods;
serve(methods);
