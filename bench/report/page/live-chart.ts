import { logger, parse, type Spec, View, Warn } from "vega";
import { expressionInterpreter } from "vega-interpreter";

/** The signal that says which servers to look at; what is about others fades. */
const focusSignal = "focus";

/** A chart that stands in the page as a picture, and is drawn again by Vega once somebody comes near it. */
export class LiveChart {
  /** What holds the picture, and then the live chart. */
  readonly place: HTMLElement;
  readonly #spec: Spec;
  readonly #canFocus: boolean;
  #servers: readonly string[] = [];
  #starting: Promise<View> | undefined;

  constructor(place: HTMLElement, spec: Spec) {
    this.place = place;
    this.#spec = spec;
    this.#canFocus = spec.signals?.some(({ name }) => name === focusSignal) ?? false;
  }

  /** Puts the live chart in place of the picture, once. The picture stays where that fails. */
  start(): Promise<View> {
    this.#starting ??= this.#draw();
    return this.#starting;
  }

  /** Fades what is about other servers; none: nothing. A chart that is not live yet begins so. */
  async lookAt(servers: readonly string[]): Promise<void> {
    this.#servers = servers;
    if (!this.#canFocus || this.#starting === undefined) return;
    const view = await this.#starting;
    await view.signal(focusSignal, [...this.#servers]).runAsync();
  }

  async #draw(): Promise<View> {
    // Vega writes no code at run time with this interpreter, and the page's policy lets nobody do that.
    const runtime = parse(this.#spec, { events: { bind: "none" } }, { ast: true });
    const view = new View(runtime, {
      renderer: "svg",
      expr: expressionInterpreter,
      logger: logger(Warn, undefined, tellOrThrow),
    });
    if (this.#canFocus) view.signal(focusSignal, [...this.#servers]);
    const drawing = document.createElement("div");
    await view.initialize(drawing).runAsync();
    this.place.replaceChildren(drawing);
    return view;
  }
}

/** A chart that Vega could not draw must not take the place of a picture that it could. */
function tellOrThrow(method: "log" | "warn" | "error", level: string, args: unknown[]): void {
  if (method === "error") throw new Error(`expected a chart, got: ${args.map(String).join(" ")}`);
  console[method](level, ...args);
}
