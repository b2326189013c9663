import type { ReactNode } from "react";
import { t } from "../i18n";
import type { Action } from "./actions";
import { count } from "./counts";

/** What {@link furtherActions} needs to know. */
export type Further = {
  /** Of the action. */
  id: string;
  /** The heading under which it stands: the name of the list. */
  group: string;
  icon: ReactNode;
  /** How many the list holds. */
  all: number;
  /** How many of them have no line of their own. */
  further: number;
  /** Goes to the list. */
  run: () => void;
};

/** The line that leads from the best of what was found to all of it; none where all of it stands there. */
export function furtherActions({ all, further, ...action }: Further): Action[] {
  if (further <= 0) return [];
  return [{ ...action, label: t("palette.allIn", { n: count(all), list: action.group }), further }];
}
