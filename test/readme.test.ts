import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { projectFolder } from "../cli/project.ts";
import { loadServer, serverNames } from "../servers/index.ts";

const readme = readFileSync(new URL("README.md", projectFolder), "utf8");
const list = readFileSync(new URL("servers/index.ts", projectFolder), "utf8");

it.each(serverNames)("the README has the row of %s, as the server describes itself", async (name) => {
  const { ioModel, summary, exempt } = await loadServer(name);
  const folder = new RegExp(`^ +"?${name}"?: \\(\\) => import\\("\\./([\\w-]+)/`, "m").exec(list)?.[1];
  const checks = exempt.map(({ check }) => check).join("; ") || "nothing";
  expect(readme).toContain(
    `| [${name}](servers/${folder}/README.md) | ${ioModel} | ${summary} | ${checks} |`,
  );
});

it("the README gives the reason of every exemption", async () => {
  for (const name of serverNames) {
    const { exempt } = await loadServer(name);
    for (const { reason } of exempt) expect(readme).toContain(reason);
  }
});
