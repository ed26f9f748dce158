import type { Run } from "../../result.ts";
import { Figures } from "./figure.ts";

/** What memory per connection is, by how many of them it is divided. */
export function heldConnections(run: Run): string {
  const figures = new Figures(run);
  const each = { scenario: "connections", arm: "ws", figure: "bytesPerConnection" };
  const added = { scenario: "limits", arm: "ws", figure: "memoryEach" };
  const kernel = { ...added, figure: "kernelEach" };
  const of = (arm: string) => ({ scenario: "threads", arm, figure: "memoryEach" });
  return (
    `- **Memory per connection holds what grows once.** In run ${run.id} \`ws\` took ${figures.text(each, "bytes")} for each of ` +
    `${figures.largest("connections", "ws", "target")} idle connections. What the second half of ` +
    `${figures.text({ ...added, figure: "held" }, "count")} added was ${figures.text(added, "bytes")} each, ` +
    `${figures.text(kernel, "bytes")} of it the kernel's for the server's end (lab \`limits\`); a V8 isolate for each took ` +
    `${figures.text(of("threads-streaming"), "bytes")}, and a thread in C with its connection ${figures.text(of("native-threads"), "bytes")} ` +
    `against ${figures.text(of("native-loop"), "bytes")} of a loop in C (lab \`threads\`).`
  );
}
