/** To a hundredth of a pixel: nobody sees more. */
const decimals = /\d+\.\d{3,}/g;
/** For assistive technology, which is told what the picture as a whole shows. */
const partRoles = / role="graphics-\w+" aria-roledescription="[^"]*"| aria-hidden="true"/g;
const noOpacity = / opacity="1"/g;
const fontFamily = / font-family="([^"]*)"/g;

/** The same picture in less: Vega says of each part what holds for all of them, or what nobody can see. */
export function compactSvg(svg: string): string {
  const families = new Set([...svg.matchAll(fontFamily)].map(([attribute]) => attribute));
  const [family] = families;
  // Parts inherit it from the whole.
  const shared = families.size === 1 && family !== undefined ? family : "";
  const compact = svg.replace(/<[^>]+>/g, (tag) => {
    const less = tag
      .replace(partRoles, "")
      .replace(noOpacity, "")
      .replace(decimals, (number) => String(Math.round(Number(number) * 100) / 100));
    return shared === "" ? less : less.replace(shared, "");
  });
  return compact.replace(/^<svg/, (start) => `${start}${shared}`);
}
