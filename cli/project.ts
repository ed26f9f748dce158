/** The project's folder, whether this file runs as source or compiled to `dist/`. */
export const projectFolder: URL = (() => {
  const parent = new URL("..", import.meta.url);
  return parent.pathname.endsWith("/dist/") ? new URL("..", parent) : parent;
})();

/** Where the build puts the programs that trials start. */
export const bundledFolder: URL = new URL("dist/bundled/", projectFolder);
