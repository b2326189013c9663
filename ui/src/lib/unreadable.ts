import { t } from "../i18n";
import type { Unreadable } from "../ipc/bindings";

/** A field as the reference calls it: the paths that are told begin at the thing itself. */
export const unreadableField = ({ path }: Unreadable): string => path.replace(/^\$\./, "");

/** What could not be read, by its name in the store. */
export const unreadableName = ({ area, id }: Unreadable): string =>
  t(`unreadable.${area}`, { id: id ?? t("common.none") });

/** One thing that could not be read, for whoever is asked about it: with what was expected there. */
export const unreadableLine = (thing: Unreadable): string =>
  `${unreadableName(thing)} ${unreadableField(thing)}: ${thing.reason}`;

/** The same of all of them, one below the other. */
export const unreadableReport = (things: readonly Unreadable[]): string => things.map(unreadableLine).join("\n");
