/**
 * The last step of the build: the programs that a trial starts become one file each, with the packages that they
 * load. Each trial starts its own processes, and finding a hundred modules one by one is half of what that takes.
 * What is measured stays the same code; it is only found sooner.
 */
import { readFile, rm } from "node:fs/promises";
import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build, type Plugin } from "esbuild";
import { bundledFolder, projectFolder } from "./project.ts";

const dist = fileURLToPath(new URL("dist/", projectFolder));
const bundled = fileURLToPath(bundledFolder);

/** A module goes on finding the files that lie beside it: `import.meta.url` stays that of its own file. */
const ownUrls: Plugin = {
  name: "own-urls",
  setup({ onLoad }) {
    onLoad({ filter: /\.js$/ }, async ({ path }) => {
      if (!path.startsWith(dist)) return undefined;
      const url = `new URL(${JSON.stringify(relative(bundled, path))}, import.meta.url).href`;
      return { contents: (await readFile(path, "utf8")).replaceAll("import.meta.url", url) };
    });
  },
};

const options: BuildOptions = {
  bundle: true,
  platform: "node",
  target: "node20",
  logLevel: "warning",
  // They find files of their own beside them.
  external: ["koffi", "piscina"],
};

await rm(bundled, { recursive: true, force: true });
await build({
  ...options,
  entryPoints: [
    "servers/main.js",
    "bench/load/subscribers-process.js",
    "bench/load/publisher-process.js",
    "bench/load/ingest-process.js",
  ].map((entry) => `${dist}${entry}`),
  format: "esm",
  // What is loaded on demand, such as each server, stays so.
  splitting: true,
  outdir: bundled,
  entryNames: "[name]",
  plugins: [ownUrls],
  // Packages in the older module format ask for Node's own modules by `require`.
  banner: {
    js: 'import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);',
  },
});
await build({
  ...options,
  entryPoints: [`${dist}servers/threads/worker.js`],
  format: "cjs",
  outfile: `${dist}servers/threads/worker.cjs`,
});
