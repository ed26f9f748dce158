import { z } from "zod";
import { runShape } from "../result.ts";

/** The JSON Schema (draft 2020-12) of `run.json`, as the text of its file. */
export function jsonSchema(): string {
  const schema = { title: "A run of the benchmark", ...z.toJSONSchema(runShape, { io: "input" }) };
  return `${JSON.stringify(schema, undefined, 2)}\n`;
}
