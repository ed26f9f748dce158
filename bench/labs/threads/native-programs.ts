import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, readFile, rename, stat } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { projectFolder } from "../../../cli/project.ts";

/** The programs of `native/`, by the file that has their `main`. */
export type NativeProgram = "threads" | "loop" | "alone";

/** The file to be started, or why this machine has none. */
export type Compiled = { readonly file: string } | { readonly exempt: string };

const compilers = ["cc", "gcc", "clang"];
const flags = ["-std=c17", "-D_GNU_SOURCE", "-O2", "-pthread"];
const sources = new URL("bench/labs/threads/native/", projectFolder);
/** Beside the rest of what is compiled, and not where others could put a program of the same name. */
const compiledFolder = new URL("dist/native/", projectFolder);

const run = promisify(execFile);
const compiling = new Map<NativeProgram, Promise<Compiled>>();

/** Compiles the program with the system's compiler, unless that was done before. Rejects where it does not compile. */
export function compileNative(program: NativeProgram): Promise<Compiled> {
  const before = compiling.get(program);
  if (before !== undefined) return before;
  const compiled = compile(program);
  compiling.set(program, compiled);
  return compiled;
}

async function compile(program: NativeProgram): Promise<Compiled> {
  if (process.platform !== "linux")
    return {
      exempt: `the native programs are written for Linux (epoll, /proc), this is ${process.platform}`,
    };
  const compiler = await firstCompiler();
  if (compiler === undefined) {
    return {
      exempt: `no C compiler on the PATH (${compilers.join(", ")}); apt-get install gcc libc6-dev, or the like`,
    };
  }
  const files = [`${program}.c`, "service.c"].map((file) => fileURLToPath(new URL(file, sources)));
  const file = fileURLToPath(new URL(`${program}-${await hashOf(compiler)}`, compiledFolder));
  if (await exists(file)) return { file };
  await mkdir(compiledFolder, { recursive: true });
  // Of this process alone until it is whole: another run may compile the same.
  const unfinished = `${file}.${process.pid}`;
  try {
    await run(compiler, [...flags, "-o", unfinished, ...files]);
  } catch (error) {
    const said = error instanceof Error ? error.message : String(error);
    if (!/fatal error: \S+\.h/.test(said)) throw error;
    return {
      exempt: "the C compiler finds no headers of the C library; apt-get install libc6-dev, or the like",
    };
  }
  await rename(unfinished, file);
  return { file };
}

/** The first of the compilers that there is. */
async function firstCompiler(): Promise<string | undefined> {
  for (const compiler of compilers) {
    const there = await run(compiler, ["--version"]).then(
      () => true,
      () => false,
    );
    if (there) return compiler;
  }
  return undefined;
}

/** Of all that decides what the compiler makes, its own version aside. */
async function hashOf(compiler: string): Promise<string> {
  const hash = createHash("sha256").update(JSON.stringify([compiler, flags]));
  for (const file of ["service.h", "service.c", "threads.c", "loop.c", "alone.c"])
    hash.update(await readFile(new URL(file, sources)));
  return hash.digest("hex").slice(0, 12);
}

function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}
