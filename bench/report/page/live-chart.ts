import { Error as errorsAlone, logger, parse, type Spec, View } from "vega";
import { expressionInterpreter } from "vega-interpreter";

/** The signal that says which servers to look at; what is about others fades. */
const focusSignal = "focus";

/** A chart that stands in the page as a picture, and is drawn again by Vega once somebody comes near it. */
export class LiveChart {
  /** What holds the picture, and then the live chart. */
  readonly place: HTMLElement;
  readonly #packed: string;
  #servers: readonly string[] = [];
  #starting: Promise<View> | undefined;

  /** `packed`: what draws it, as JSON, compressed by gzip and in base64. */
  constructor(place: HTMLElement, packed: string) {
    this.place = place;
    this.#packed = packed;
  }

  /** Puts the live chart in place of the picture, once. The picture stays where that fails. */
  start(): Promise<View> {
    this.#starting ??= this.#draw();
    return this.#starting;
  }

  /** Fades what is about other servers; none: nothing. A chart that is not live yet begins so. */
  async lookAt(servers: readonly string[]): Promise<void> {
    this.#servers = servers;
    if (this.#starting === undefined) return;
    await focusOn(await this.#starting, this.#servers).runAsync();
  }

  async #draw(): Promise<View> {
    // Vega writes no code at run time with this interpreter, and the page's policy lets nobody do that.
    const runtime = parse(await unpacked(this.#packed), { events: { bind: "none" } }, { ast: true });
    const view = new View(runtime, {
      renderer: "svg",
      expr: expressionInterpreter,
      logger: logger(errorsAlone, undefined, throwAll),
    });
    focusOn(view, this.#servers);
    // Vega would paint it in one colour for every scheme; the place has that of the reader's.
    view.background("transparent");
    const drawing = document.createElement("div");
    await view.initialize(drawing).runAsync();
    this.place.replaceChildren(drawing);
    return view;
  }
}

/** A chart that is about no servers stays as it is. */
function focusOn(view: View, servers: readonly string[]): View {
  const { signals } = view.getState({ signals: (name) => name === focusSignal, data: () => false });
  return focusSignal in (signals ?? {}) ? view.signal(focusSignal, [...servers]) : view;
}

async function unpacked(packed: string): Promise<Spec> {
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const json = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(json).json();
}

/** A chart that Vega could not draw must not take the place of a picture that it could. */
function throwAll(_method: string, _level: string, args: unknown[]): never {
  throw new Error(`expected a chart, got: ${args.map(String).join(" ")}`);
}
