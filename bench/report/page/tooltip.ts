import type { Mark } from "./marks.ts";
import { spoken } from "./told.ts";

/** Between a mark and what it tells. */
const gap = 10;

/** What a mark tells, beside it; one for the whole page. */
export class Tooltip {
  readonly #box = document.createElement("div");
  readonly #ring = document.createElement("div");
  readonly #voice = document.createElement("p");

  constructor() {
    this.#box.className = "tells";
    this.#ring.className = "ring";
    this.#voice.className = "unseen";
    this.#voice.setAttribute("role", "status");
    this.hide();
    document.body.append(this.#ring, this.#box, this.#voice);
  }

  /** Beside the mark, or of a large one, such as a line, beside the pointer. */
  point(mark: Mark, x: number, y: number): void {
    this.#ring.hidden = true;
    this.#show(mark, new DOMRect(x - 4, y - 4, 8, 8));
  }

  /** Beside the mark, which a ring points out, and spoken. */
  tell(mark: Mark): void {
    mark.element.scrollIntoView({ block: "nearest", inline: "nearest" });
    const rect = mark.element.getBoundingClientRect();
    this.#ring.hidden = false;
    this.#ring.style.left = `${rect.left + scrollX - 4}px`;
    this.#ring.style.top = `${rect.top + scrollY - 4}px`;
    this.#ring.style.width = `${rect.width + 8}px`;
    this.#ring.style.height = `${rect.height + 8}px`;
    this.#show(mark, rect);
    this.#voice.textContent = spoken(mark.told);
  }

  hide(): void {
    this.#box.hidden = true;
    this.#ring.hidden = true;
  }

  /** Whether it covers what is there: a pointer may go over it without leaving the chart. */
  contains(target: EventTarget | null): boolean {
    return target instanceof Node && this.#box.contains(target);
  }

  #show({ told }: Mark, beside: DOMRect): void {
    const list = document.createElement("dl");
    for (const { title, text } of told) {
      for (const [name, content] of [
        ["dt", title],
        ["dd", text],
      ] as const) {
        const part = document.createElement(name);
        part.textContent = content;
        list.append(part);
      }
    }
    this.#box.replaceChildren(list);
    this.#box.hidden = false;
    const { width, height } = this.#box.getBoundingClientRect();
    const { clientWidth } = document.documentElement;
    const left = Math.max(4, Math.min(beside.left + beside.width / 2 - width / 2, clientWidth - width - 4));
    const above = beside.top - height - gap;
    const top = above >= 4 ? above : beside.bottom + gap;
    this.#box.style.left = `${left + scrollX}px`;
    this.#box.style.top = `${top + scrollY}px`;
  }
}
