/** What a look at a page comes to, in pixels of its layout from the page's top left corner. Types only. */

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** One line of one piece of text. */
export interface SeenText {
  readonly text: string;
  /** Where the letters have ink, as far as the font tells. */
  readonly box: Box;
  /** What of it can be seen without scrolling within the page; absent where all of it can. */
  readonly visible?: Box;
  /** Where it is, as a path of elements. */
  readonly place: string;
  /** Size of the font as it is seen, after all scaling. */
  readonly fontSize: number;
  /** Whether the letters are large enough for WCAG 2.2 to ask for less contrast. */
  readonly large: boolean;
  /** What hides whatever is not within it. */
  readonly frames: readonly Frame[];
  /** What it visibly lies on, such as a table cell with a colour of its own. */
  readonly plate?: Frame;
  /** The least contrast with what is behind it; absent where that cannot be told. */
  readonly contrast?: Contrast;
  /** The mark that lies over it. */
  readonly coveredBy?: string;
  /** Of the pictures, those that it is part of. */
  readonly within: readonly number[];
}

export interface Frame {
  readonly box: Box;
  readonly place: string;
}

export interface Contrast {
  readonly ratio: number;
  readonly ink: string;
  readonly paper: string;
}

/** A picture, drawn or loaded. */
export interface SeenPicture {
  readonly box: Box;
  readonly visible?: Box;
  readonly place: string;
  readonly frames: readonly Frame[];
  /** Of the pictures, those that it is part of. */
  readonly within: readonly number[];
}

/** An element that hides a part of what is in it, and cannot be scrolled. */
export interface Cropping {
  readonly place: string;
  readonly sees: { readonly width: number; readonly height: number };
  readonly holds: { readonly width: number; readonly height: number };
}

export interface LookedAt {
  /** What fits the window without scrolling. */
  readonly window: { readonly width: number; readonly height: number };
  /** How wide the page is. */
  readonly pageWidth: number;
  /** What reaches furthest to the right. */
  readonly widest: string;
  readonly texts: readonly SeenText[];
  readonly pictures: readonly SeenPicture[];
  readonly cropping: readonly Cropping[];
  /** Ids that more than one element has. */
  readonly repeatedIds: readonly string[];
}
