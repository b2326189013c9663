import { type ReactNode, createContext, useContext, useEffect, useId, useRef } from "react";
import type { ShortcutName } from "./shortcuts";

/** Something the window can do: found by name in the command list, or done by its keys. */
export type Action = {
  /** Tells it from the others. */
  id: string;
  /** Its name. */
  label: string;
  /** What it stands under, such as "This order". */
  group: string;
  /** Quietly behind the name. */
  more?: string;
  /** Before the name. */
  icon: ReactNode;
  /** Keys that do the same. If something nearer to the person offers the same keys, they are that one's. */
  keys?: ShortcutName | undefined;
  /** Also found by these words. */
  words?: string;
  /** Has keys, and would be out of place in the command list. */
  unlisted?: boolean;
  /** Leads to a list of what was found; so many of it have no line of their own beside this one. */
  further?: number;
  /** Why it can't be done now. */
  offBecause?: string | null;
  /** Does it. */
  run: () => void;
};

/** How near to the person an offer is: what is ticked, what is open, the screen, the frame around it. */
export const near = { ticked: 0, open: 1, screen: 2, frame: 3 } as const;

/** One of {@link near}. */
export type Near = keyof typeof near;

type Offer = { near: Near; make: () => readonly Action[] };

/** What every part of the window offers to do just now. */
export class Offers {
  private readonly offers = new Map<string, Offer>();
  private readonly watchers = new Set<() => void>();
  private made: Action[] | null = null;

  /** Adds an offer, or puts another in its place. */
  set(id: string, offer: Offer): void {
    this.offers.set(id, offer);
    this.touch();
  }

  /** Takes an offer back. */
  remove(id: string): void {
    this.offers.delete(id);
    this.touch();
  }

  /** What offers would make may be something else from now on. */
  touch(): void {
    this.made = null;
    for (const told of this.watchers) told();
  }

  /** Tells of every {@link touch}. Gives back how to stop. */
  watch = (told: () => void): (() => void) => {
    this.watchers.add(told);
    return () => this.watchers.delete(told);
  };

  /** Everything as of the last {@link touch}; the same list until the next one. */
  current = (): readonly Action[] => {
    this.made ??= this.all();
    return this.made;
  };

  /** Everything that can be done, the nearest first. Keys are given once. */
  all(): Action[] {
    const taken = new Set<ShortcutName>();
    return [...this.offers.values()]
      .toSorted((one, other) => near[one.near] - near[other.near])
      .flatMap(({ make }) => make())
      .map((action) => {
        if (action.keys === undefined) return action;
        if (taken.has(action.keys)) return { ...action, keys: undefined };
        taken.add(action.keys);
        return action;
      });
  }
}

/** Holds the frame's list of offers. */
export const OffersContext = createContext<Offers | null>(null);

/** The frame's list of offers; nothing outside of a frame. */
export function useOffers(): Offers | null {
  return useContext(OffersContext);
}

/**
 * Offers actions for as long as the component is there. `make` is called when somebody asks (the command list
 * opens, a key is pressed), so it costs nothing while nobody does. What it closes over is as new as the last drawing.
 */
export function useOffer(place: Near, make: () => readonly Action[]): void {
  const offers = useOffers();
  const id = useId();
  const latest = useRef(make);
  useEffect(() => {
    latest.current = make;
    // Whoever shows the offers now, as the command list does, shows what they have become.
    offers?.touch();
  });
  useEffect(() => {
    offers?.set(id, { near: place, make: () => latest.current() });
    return () => offers?.remove(id);
  }, [offers, id, place]);
}

/** Does an action, unless it is off. */
export function perform(action: Action): void {
  if (!action.offBecause) action.run();
}
