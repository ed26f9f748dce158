import type { IoModel } from "../../../servers/contract.ts";
import { threadRemark } from "../../report/remarks.ts";
import type { Run } from "../../result.ts";

/** The I/O model of a server of the run. */
export function ioModelOf(run: Run, server: string): IoModel {
  return run.servers.find(({ name }) => name === server)?.ioModel ?? "event loop";
}

/** What has to stand with every figure of the thread servers; nothing in a run without them. */
export function threadFootnotes(run: Run): string[] {
  return run.servers.some(({ ioModel }) => ioModel === "thread per connection") ? [threadRemark] : [];
}
