import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { jsonSchemas } from "../../../bench/schema/json-schema.ts";
import { projectFolder } from "../../../cli/project.ts";

it.each(Object.entries(jsonSchemas()))(
  "%s is that of the present shape (npm run schema writes it)",
  (name, text) => {
    const file = readFileSync(new URL(`bench/${name}`, projectFolder), "utf8");
    expect(JSON.parse(file)).toEqual(JSON.parse(text));
  },
);
