import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { jsonSchema } from "../../../bench/schema/json-schema.ts";
import { projectFolder } from "../../../cli/project.ts";

it("the schema file is that of the present shape (npm run schema writes it)", () => {
  const file = readFileSync(new URL("bench/run.schema.json", projectFolder), "utf8");
  expect(JSON.parse(file)).toEqual(JSON.parse(jsonSchema()));
});
