import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { clients, loadClient, loadServer, serverNames } from "../../servers/index.ts";

const serversFolder = join(import.meta.dirname, "../../servers");

/** The module of each name, as the list's source has it: `ws: () => import("./ws/server.ts")`. */
const source = readFileSync(join(serversFolder, "index.ts"), "utf8");
const [, block = ""] = /export const servers = \{(.*?)\n\}/s.exec(source) ?? [];
const modules = new Map(
  [...block.matchAll(/^ {2}"?([\w-]+)"?: \(\) => import\("\.\/(.+?)"\),$/gm)].map(
    ([, name = "", path = ""]) => [name, path],
  ),
);
const listed = [...modules.values()];

describe("the list of servers", () => {
  it("reaches every folder with a server", () => {
    const folders = readdirSync(serversFolder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && entry.name === "server.ts")
      .map((entry) => entry.parentPath.slice(serversFolder.length + 1));
    expect(listed.map((path) => dirname(path))).toEqual(expect.arrayContaining(folders));
  });

  it("has one line for each name", () => {
    expect([...modules.keys()]).toEqual(serverNames);
  });

  it("names only modules that exist, each once", () => {
    for (const path of listed) expect(existsSync(join(serversFolder, path)), path).toBe(true);
    expect(new Set(listed).size).toBe(listed.length);
  });

  it.each(serverNames)("gives %s a server of that name, whose transport has a client", async (name) => {
    const server = await loadServer(name);
    expect(server.name).toBe(name);
    expect(Object.keys(clients)).toContain(server.transport);
    expect((await loadClient(server.transport)).subscribe).toBeTypeOf("function");
  });

  it.each(serverNames)("gives the folder of %s a README.md", (name) => {
    const readme = join(serversFolder, dirname(modules.get(name) ?? ""), "README.md");
    expect(existsSync(readme), readme).toBe(true);
  });
});
