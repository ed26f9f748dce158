import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";
import { expect, it } from "vitest";
import { projectFolder } from "../../../cli/project.ts";

const namespaceUrl = new URL("dist/bench/network/namespace.js", projectFolder).href;
const trafficUrl = new URL("dist/bench/probes/loopback-traffic.js", projectFolder).href;

/** Runs a module in a process of its own: a namespace, once entered, is left by nobody. Gives what it prints. */
async function run(module: string): Promise<{ readonly entered: boolean; readonly reason?: string }> {
  const child = spawn(process.execPath, ["--input-type=module", "--eval", module], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  return JSON.parse(await text(child.stdout));
}

const sent = 5_000;
const answered = 300;

/** A client process that answers once it has all that is sent to it. */
const client = `
  import { connect } from "node:net";
  let left = ${sent};
  const socket = connect({ port: Number(process.argv[1]), host: "127.0.0.1", localAddress: "127.0.3.4" });
  socket.on("data", (data) => {
    left -= data.length;
    if (left === 0) socket.write(Buffer.alloc(${answered}));
  });
`;

/** Enters, exchanges known bytes with a child process, and prints how much the counters grew meanwhile. */
const exchange = `
  import { spawn } from "node:child_process";
  import { once } from "node:events";
  import { readlinkSync } from "node:fs";
  import { createServer } from "node:net";
  import { enterNetworkNamespace } from "${namespaceUrl}";
  import { readLoopbackTraffic } from "${trafficUrl}";
  const outside = readlinkSync("/proc/self/ns/net");
  const entry = enterNetworkNamespace();
  const say = (findings) =>
    new Promise(() => process.stdout.write(JSON.stringify({ ...entry, ...findings }), () => process.exit()));
  if (!entry.entered) await say({});
  const own = readlinkSync("/proc/self/ns/net");
  const fresh = readLoopbackTraffic();
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const child = spawn(process.execPath, ["--input-type=module", "--eval", ${JSON.stringify(client)}, server.address().port], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  const [socket] = await once(server, "connection");
  const before = readLoopbackTraffic();
  socket.write(Buffer.alloc(${sent}));
  let left = ${answered};
  while (left > 0) left -= (await once(socket, "data"))[0].length;
  const after = readLoopbackTraffic();
  const inherited = readlinkSync("/proc/" + child.pid + "/ns/net");
  child.kill("SIGKILL");
  await say({ outside, own, inherited, fresh, before, after });
`;

interface Exchanged {
  readonly outside: string;
  readonly own: string;
  readonly inherited: string;
  readonly fresh: Traffic;
  readonly before: Traffic;
  readonly after: Traffic;
}

interface Traffic {
  readonly bytes: number;
  readonly packets: number;
}

it("counts just what theory gives for a known exchange between processes of the namespace", async (context) => {
  const { entered, reason, ...found } = await run(exchange);
  if (!entered) return context.skip(reason);
  const { outside, own, inherited, fresh, before, after } = found as Exchanged;
  expect(own).not.toBe(outside);
  expect(inherited).toBe(own);
  expect(fresh).toEqual({ bytes: 0, packets: 0 });
  // SYN and SYN-ACK have 20 bytes of TCP options, the ACK after them has 12 (RFC 7323 timestamps), as all later ones.
  expect(before).toEqual({ bytes: 60 + 60 + 52, packets: 3 });
  const packets = after.packets - before.packets;
  expect(packets).toBeGreaterThanOrEqual(2);
  expect(after.bytes - before.bytes).toBe(52 * packets + sent + answered);
});

it("says why there is none for a user without the right to it", async () => {
  const entry = await run(`
    import { enterNetworkNamespace } from "${namespaceUrl}";
    if (process.getuid() === 0) process.setuid(65534);
    process.stdout.write(JSON.stringify(enterNetworkNamespace()));
  `);
  expect(entry).toEqual({ entered: false, reason: expect.stringMatching(/root|Linux/) });
});
