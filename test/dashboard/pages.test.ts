import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { transports } from "../../servers/dashboard/connect/connect.js";
import { clients } from "../../servers/index.ts";
import { pages, resourceAt } from "../../servers/service/resources.ts";

const root = join(import.meta.dirname, "../..");
const folder = join(root, "servers/dashboard");
const source = (path: string) => readFileSync(join(root, path), "utf8");
const served = Object.values(pages);
const scripts = served.filter((path) => /^servers\/.*\.js$/.test(path));
const documents = served.filter((path) => path.endsWith(".html"));

describe("the list of pages", () => {
  it("has every file of the folder that a browser reads", () => {
    const files = readdirSync(folder, { withFileTypes: true, recursive: true })
      .filter((entry) => entry.isFile() && /\.(?:html|js|css|svg)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
    expect(served).toEqual(expect.arrayContaining(files));
  });

  it("names only files that exist, each with a type that is known", () => {
    for (const [path, file] of Object.entries(pages)) {
      expect(existsSync(join(root, file)), file).toBe(true);
      expect(resourceAt(path), path).toMatchObject({ kind: "page", contentType: expect.any(String) });
    }
  });

  it("has every module that another imports, and every file a page refers to", () => {
    for (const script of scripts) {
      for (const [, module = ""] of source(script).matchAll(/^import .* from "(.+?)";$/gm)) {
        const path = new URL(module, `http://page/${script.replace("servers/", "")}`).pathname;
        expect(Object.keys(pages), `${module} in ${script}`).toContain(path);
      }
    }
    for (const document of documents) {
      for (const [, path = ""] of source(document).matchAll(/(?:src|href)="(\/.*?)"/g)) {
        expect(Object.keys(pages), `${path} in ${document}`).toContain(path);
      }
    }
  });

  it("has a file for every transport", () => {
    expect(Object.keys(transports)).toEqual(Object.keys(clients));
    for (const { file } of Object.values(transports)) {
      expect(Object.keys(pages)).toContain(
        new URL(file, "http://page/dashboard/connect/connect.js").pathname,
      );
    }
  });
});

describe("the pages", () => {
  it.each(documents)("%s loads all its modules at once", (document) => {
    const html = source(document);
    const entry = /<script type="module" src="\/dashboard\/(.+?)">/.exec(html)?.[1] ?? "";
    const needed = new Set<string>();
    const visit = (path: string) => {
      for (const [, module = ""] of source(`servers/dashboard/${path}`).matchAll(
        /^import .* from "(.+?)";$/gm,
      )) {
        const next = new URL(module, `http://page/${path}`).pathname.slice(1);
        if (needed.has(next)) continue;
        needed.add(next);
        visit(next);
      }
    };
    visit(entry);
    const preloaded = [...html.matchAll(/rel="modulepreload" href="\/dashboard\/(.+?)"/g)].map(
      ([, path]) => path,
    );
    expect(preloaded.toSorted()).toEqual([...needed].toSorted());
  });

  it.each(documents)("%s has no script, style or handler of its own: its policy forbids them", (document) => {
    expect(source(document)).not.toMatch(/<style|\sstyle=|\son\w+=|<script(?! type="module" src="\/)/);
  });

  it.each(scripts)("%s never reads text as markup", (script) => {
    expect(source(script)).not.toMatch(/innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b/);
  });

  it("has every element that a script asks for by its id, in the page that loads it", () => {
    const ids = (document: string) => [...source(document).matchAll(/ id="(.+?)"/g)].map(([, id]) => id);
    const all = documents.flatMap(ids);
    for (const script of scripts) {
      for (const [, id] of source(script).matchAll(/\b(?:need|fill)\("(.+?)"\)/g))
        expect(all, script).toContain(id);
    }
  });
});
