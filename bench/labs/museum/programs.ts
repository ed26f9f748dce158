import { spawnSync } from "node:child_process";
import { findProgramFile } from "../../../cli/find-program.ts";
import type { ProgramName } from "./exhibits.ts";

/** What answers a request: a file to be started, and what it is told. */
export interface Program {
  readonly file: string;
  readonly args: readonly string[];
}

/** What every exhibit answers with. */
export const answerBody = '{"status":"ok"}';

/** As a CGI program says it. Source: RFC 3875, section 6. */
const head = "Content-Type: application/json\\r\\n\\r\\n";

const quoted = answerBody.replaceAll('"', '\\"');

/** Each says the same in its own language; that of `true`, which can say nothing, is left to the front. */
const programs: Readonly<Record<ProgramName, readonly string[]>> = {
  true: [],
  sh: ["-c", `printf '${head}${answerBody}'`],
  perl: ["-e", `print "${head}${quoted}"`],
  python3: ["-c", `import sys; sys.stdout.write("${head}${quoted}")`],
  node: ["-e", `process.stdout.write("${head}${quoted}")`],
};

/** How an interpreter is asked for its own file: what is found by its name may be a script that looks for it. */
const ownFile: Readonly<Partial<Record<ProgramName, readonly string[]>>> = {
  perl: ["-e", "print $^X"],
  python3: ["-c", "import sys; print(sys.executable)"],
};

/** The program of this name; undefined where this machine does not have it. */
export function findProgram(name: ProgramName): Program | undefined {
  const found = name === "node" ? process.execPath : findProgramFile(name);
  if (found === undefined) return undefined;
  const question = ownFile[name];
  const file = question === undefined ? found : ownFileOf(found, question);
  return file === undefined ? undefined : { file, args: programs[name] };
}

function ownFileOf(found: string, question: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync(found, question, { encoding: "utf8" });
  // A name may be there that leads to no interpreter.
  return status === 0 && stdout.trim() !== "" ? stdout.trim() : undefined;
}
