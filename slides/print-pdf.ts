import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "../cli/chromium.ts";

/** How long reveal.js may take to lay the slides out as pages. */
const layoutMs = 30_000;

export interface Printed {
  readonly slides: number;
  readonly pages: number;
}

/** Prints a deck that was built into `folder`, one slide a page. */
export async function printPdf(browser: Browser, folder: string, file: string): Promise<Printed> {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    // What reveal.js calls its layout for paper.
    await page.goto(`${pathToFileURL(join(folder, "index.html"))}?print-pdf`);
    await page.waitForSelector(".reveal .slides .pdf-page", { state: "attached", timeout: layoutMs });
    await page.evaluate("document.fonts.ready.then(() => true)");
    const slides = await page.locator(".reveal .slides section:not(:has(section))").count();
    const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, pdf);
    return { slides, pages: countPages(pdf) };
  } finally {
    await context.close();
  }
}

/** Pages of a PDF that Chromium wrote: it writes each as an object of its own, uncompressed. */
export function countPages(pdf: Buffer): number {
  return pdf.toString("latin1").match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
}
