import type { IoModel, Transport } from "../../../servers/contract.ts";
import type { ServerName } from "../../../servers/index.ts";
import type { Arm } from "../../result.ts";

interface LimitsArm extends Arm {
  readonly name: ServerName;
  readonly ioModel: IoModel;
  readonly transport: Transport;
}

/** The servers, as a lab's arms: what is said of them here is said without loading them. */
export const arms: readonly LimitsArm[] = [
  ...(["polling", "comet", "streaming", "ws", "socketio", "socketio-polling", "tcp"] as const).map((name) =>
    onLoop(name, name),
  ),
  onLoop("bare", "streaming"),
  ...(["polling", "comet", "streaming"] as const).map(
    (transport): LimitsArm => ({
      name: `threads-${transport}`,
      ioModel: "thread per connection",
      transport,
      summary: `a thread, and so a V8 isolate, for each connection, over ${transport}`,
    }),
  ),
  {
    name: "cgi",
    ioModel: "process per request",
    transport: "polling",
    summary: "a process for each request, over polling",
  },
];

function onLoop(name: ServerName, transport: Transport): LimitsArm {
  return { name, ioModel: "event loop", transport, summary: `one event loop, over ${transport}` };
}
