/** Writes `bench/*.schema.json`, for readers of what a run leaves behind in other languages. */
import { writeFile } from "node:fs/promises";
import { projectFolder } from "../../cli/project.ts";
import { jsonSchemas } from "./json-schema.ts";

for (const [name, text] of Object.entries(jsonSchemas()))
  await writeFile(new URL(`bench/${name}`, projectFolder), text);
