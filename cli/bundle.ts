/**
 * The last step of the build: the benchmark and the programs that a trial starts become one file each, with the packages
 * that they load. Each trial starts its own processes, and finding a hundred modules one by one is half of what that takes.
 * What is measured stays the same code; it is only found sooner.
 *
 * What is there already as it is to be is left alone, and what is not takes its place at once: a run that starts its
 * programs meanwhile finds them whole.
 */
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { type BuildOptions, build, type OutputFile, type Plugin } from "esbuild";
import { licencesOf } from "./licences.ts";
import { bundledFolder, projectFolder } from "./project.ts";

const dist = fileURLToPath(new URL("dist/", projectFolder));
const bundled = fileURLToPath(bundledFolder);

/**
 * A module goes on finding the files that lie beside it: `import.meta.url` stays that of its own file. `bundleUrl`
 * is how the bundle, which lies in `folder`, says its own address.
 */
const ownUrls = (folder: string, bundleUrl: string): Plugin => ({
  name: "own-urls",
  setup({ onLoad }) {
    onLoad({ filter: /\.js$/ }, async ({ path }) => {
      if (!path.startsWith(dist)) return undefined;
      const url = `new URL(${JSON.stringify(relative(folder, path))}, ${bundleUrl}).href`;
      return { contents: (await readFile(path, "utf8")).replaceAll("import.meta.url", url) };
    });
  },
});

const options: BuildOptions = {
  bundle: true,
  platform: "node",
  target: "node20",
  logLevel: "warning",
  write: false,
  // They find files of their own beside them.
  external: ["koffi", "lmdb", "piscina", "playwright-core"],
};

/** Brings one file of the build up to date. */
async function keep({ path, contents }: Pick<OutputFile, "path" | "contents">): Promise<void> {
  const before = await readFile(path).catch(() => undefined);
  if (before?.equals(contents)) return;
  await mkdir(dirname(path), { recursive: true });
  // Of this process alone: another build may be under way.
  const unfinished = `${path}.${process.pid}`;
  await writeFile(unfinished, contents);
  await rename(unfinished, path);
}

const programs = await build({
  ...options,
  entryPoints: {
    main: `${dist}servers/main.js`,
    bench: `${dist}bench/cli.js`,
    report: `${dist}bench/report/cli.js`,
    "subscribers-process": `${dist}bench/load/subscribers-process.js`,
    "browser-process": `${dist}bench/load/browser-process.js`,
    "publisher-process": `${dist}bench/load/publisher-process.js`,
    "ingest-process": `${dist}bench/load/ingest-process.js`,
  },
  format: "esm",
  // What is loaded on demand, such as each server, stays so.
  splitting: true,
  outdir: bundled,
  plugins: [ownUrls(bundled, "import.meta.url")],
  // Packages in the older module format ask for Node's own modules by `require`.
  banner: {
    js: 'import { createRequire as requireOf } from "node:module"; const require = requireOf(import.meta.url);',
  },
});
const worker = await build({
  ...options,
  entryPoints: [`${dist}servers/threads/worker.js`],
  format: "cjs",
  outfile: `${dist}servers/threads/worker.cjs`,
  // In this format a module is not told its address.
  plugins: [ownUrls(`${dist}servers/threads`, "bundleUrl")],
  banner: { js: 'const bundleUrl = require("node:url").pathToFileURL(__filename).href;' },
});
// One file: it is started for each request.
const cgiProgram = await build({
  ...options,
  entryPoints: [`${dist}servers/cgi/program.js`],
  format: "esm",
  outfile: `${dist}servers/cgi/program.mjs`,
  plugins: [ownUrls(`${dist}servers/cgi`, "import.meta.url")],
});
// In the page of every report. It is made of its source: the rest of the build knows no browser.
const reportPage = await build({
  ...options,
  platform: "browser",
  target: "es2022",
  external: [],
  entryPoints: [fileURLToPath(new URL("bench/report/page/main.ts", projectFolder))],
  format: "iife",
  minify: true,
  legalComments: "none",
  metafile: true,
  outfile: join(bundled, "report-page.js"),
});
const licences = await licencesOf(Object.keys(reportPage.metafile.inputs));
const files = [
  ...[programs, worker, cgiProgram].flatMap(({ outputFiles }) => outputFiles ?? []),
  ...(reportPage.outputFiles ?? []).map(({ path, text }) => ({
    path,
    contents: Buffer.from(`/*!\n${licences}\n*/\n${text}`),
  })),
];
// All that is new before anything old goes: whoever loads one of them loads others by name.
await Promise.all(files.map(keep));
const kept = new Set(files.map(({ path }) => path));
for (const name of await readdir(bundled)) {
  const path = join(bundled, name);
  if (name.endsWith(".js") && !kept.has(path)) await rm(path, { force: true });
}
