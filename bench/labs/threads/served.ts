import type { Endpoints, Transport } from "../../../servers/contract.ts";
import type { ServerName } from "../../../servers/index.ts";
import type { LabBench } from "../bench.ts";
import { startNative } from "./native-process.ts";
import { compileNative, type NativeProgram } from "./native-programs.ts";

/** A server of this lab, whatever it is written in. */
export interface ServedArm {
  readonly pid: number;
  readonly endpoints: Endpoints;
  readonly transport: Transport;
  /** Has it let go of what it does not need. */
  tidy(): Promise<unknown>;
}

/** Connections besides those of the subscribers: of who sends webhooks. */
const otherConnections = 8;

/** Starts a server of the project with a place for each of its connections. */
export async function serveByNode(
  bench: LabBench,
  name: ServerName,
  transport: Transport,
  connections: number,
): Promise<ServedArm> {
  const launched = await bench.launch(name, { server: { workers: connections + otherConnections } });
  const { pid, endpoints } = launched;
  return { pid, endpoints, transport, tidy: () => launched.usage({ collectGarbage: true }) };
}

/** Compiles and starts a native program that speaks as the server `tcp` does. */
export async function serveNatively(
  bench: LabBench,
  program: NativeProgram,
): Promise<ServedArm | { readonly exempt: string }> {
  const compiled = await compileNative(program);
  if ("exempt" in compiled) return compiled;
  const native = startNative(bench, compiled.file);
  const endpoints = parseEndpoints(await native.line());
  return { pid: native.pid, endpoints, transport: "tcp", tidy: async () => {} };
}

function parseEndpoints(line: string): Endpoints {
  const said: Partial<Endpoints> = JSON.parse(line);
  const { http, tcp } = said;
  if (http === undefined || tcp === undefined)
    throw new Error(`expected a native server to say where it is reached, got ${line}`);
  return { http, tcp };
}
