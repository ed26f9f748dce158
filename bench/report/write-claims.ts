/** Writes `bench/claims/README.md`, for readers who have no run. */
import { writeFile } from "node:fs/promises";
import { projectFolder } from "../../cli/project.ts";
import { claims } from "../claims/index.ts";
import { claimsPage } from "./claims-page.ts";

await writeFile(new URL("bench/claims/README.md", projectFolder), claimsPage(claims));
