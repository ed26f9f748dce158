/** Writes `bench/run.schema.json`, for readers of `run.json` in other languages. */
import { writeFile } from "node:fs/promises";
import { projectFolder } from "../../cli/project.ts";
import { jsonSchema } from "./json-schema.ts";

await writeFile(new URL("bench/run.schema.json", projectFolder), jsonSchema());
