import type { Endpoints } from "../../../servers/contract.ts";
import type { LabBench } from "../bench.ts";
import type { Served } from "../served.ts";
import { startNative } from "./native-process.ts";
import { compileNative, type NativeProgram } from "./native-programs.ts";

/** Compiles and starts a native program that speaks as the server `tcp` does. */
export async function serveNatively(
  bench: LabBench,
  program: NativeProgram,
): Promise<Served | { readonly exempt: string }> {
  const compiled = await compileNative(program);
  if ("exempt" in compiled) return compiled;
  const native = startNative(bench, compiled.file);
  const endpoints = parseEndpoints(await native.line());
  return { pid: native.pid, endpoints, transport: "tcp", tidy: async () => {} };
}

function parseEndpoints(line: string): Endpoints {
  const { http, tcp }: Partial<Endpoints> = JSON.parse(line);
  if (http === undefined || tcp === undefined)
    throw new Error(`expected a native server to say where it is reached, got ${line}`);
  return { http, tcp };
}
