/** The project's folder, whether this file runs as source or compiled to `dist/`. */
export const projectFolder: URL = (() => {
  const parent = new URL("..", import.meta.url);
  return parent.pathname.endsWith("/dist/") ? new URL("..", parent) : parent;
})();
