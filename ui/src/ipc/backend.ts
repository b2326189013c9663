import type { Event, Send } from "./bindings";

/** Something that answers commands and tells events: the desktop host, the bridge, or a test's double. */
export type Backend = {
  /** Sends one command; rejects with an `AppError` or, if something broke on the way, with anything. */
  send: Send;
  /** Tells every event until the returned function is called. `onGap` says that some may have been missed. */
  listen: (onEvent: (event: Event) => void, onGap: () => void) => () => void;
};
