import { z } from "zod";
import { runShape } from "../result.ts";
import { verdictsShape } from "../verdicts.ts";

/** The JSON Schemas (draft 2020-12) of what a run leaves behind, as the texts of their files in `bench/`. */
export function jsonSchemas(): Readonly<Record<string, string>> {
  return {
    "run.schema.json": jsonSchema("A run of the benchmark", runShape),
    "verdicts.schema.json": jsonSchema("What a run of the benchmark says of the claims", verdictsShape),
  };
}

function jsonSchema(title: string, shape: z.ZodType): string {
  return `${JSON.stringify({ title, ...z.toJSONSchema(shape, { io: "input" }) }, undefined, 2)}\n`;
}
