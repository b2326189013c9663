import { Check, CircleSlash, Filter, History, KeyRound, ListChecks, RotateCcw, RotateCw, Search, X } from "lucide-react";
import type { ReactNode } from "react";
import { t } from "../../i18n";
import type { ActivityFilter, ActivityRow, Ticked } from "../../ipc";
import { type Action, useOffer } from "../../lib/actions";
import { useGo } from "../../lib/go";
import { exportActions } from "./exportActions";
import type { ActivityExporting } from "./useActivityExport";
import type { EntryAct } from "./useEntryActions";
import type { TickedActs } from "./useTickedActs";

const icons = {
  replaceToken: <KeyRound aria-hidden />,
  undo: <RotateCcw aria-hidden />,
  retry: <RotateCw aria-hidden />,
  look: <Search aria-hidden />,
  saidDone: <Check aria-hidden />,
  saidNotDone: <X aria-hidden />,
  drop: <CircleSlash aria-hidden />,
} as const satisfies Record<EntryAct["id"], ReactNode>;

const keys = {
  replaceToken: undefined,
  undo: "undo",
  retry: "retry",
  look: "look",
  saidDone: undefined,
  saidNotDone: undefined,
  drop: undefined,
} as const satisfies Record<EntryAct["id"], Action["keys"]>;

/** Offers what can be done with the change that is open. */
export function useEntryOffer(what: string | null, acts: readonly EntryAct[], openThing: Action | null): void {
  useOffer("open", () => {
    if (what === null) return [];
    const group = t("palette.thisChange");
    const offered: Action[] = acts.map((act) => ({
      id: act.id,
      group,
      label: act.label,
      more: what,
      icon: icons[act.id],
      keys: keys[act.id],
      offBecause: act.offBecause,
      run: act.run,
    }));
    return openThing ? [...offered, openThing] : offered;
  });
}

/** Offers what can be done with the changes that are ticked. */
export function useTickedOffer(acts: TickedActs, ticked: Ticked<ActivityRow>): void {
  useOffer("ticked", () => {
    if (ticked.count === 0) return [];
    const group = t("palette.tickedChanges", { n: ticked.count });
    return [
      {
        id: "ticked-undo",
        group,
        label: t("activity.bulk.undo"),
        icon: icons.undo,
        keys: keys.undo,
        offBecause: acts.undoOff,
        run: acts.undo,
      },
      {
        id: "ticked-retry",
        group,
        label: t("activity.bulk.retry"),
        icon: icons.retry,
        keys: keys.retry,
        offBecause: acts.retryOff,
        run: acts.retry,
      },
      { id: "ticked-clear", group, label: t("activity.untick"), icon: <X aria-hidden />, run: ticked.clear },
    ];
  });
}

/** What the screen of changes can do for its actions. */
export type ActivityParts = {
  /** The store's key. */
  store: string;
  /** Its lists. */
  filters: readonly ActivityFilter[];
  /** Rows in all. */
  count: number;
  /** What is ticked. */
  ticked: Ticked<ActivityRow>;
  /** Writes them into a file. */
  exporting: ActivityExporting;
  /** What is searched for. */
  search: string;
  /** All changes are listed. */
  isAll: boolean;
  /** Searches for nothing any more. */
  onClear: () => void;
  /** Shows the changes that were not made together as well; `null` where they are shown. */
  onAllJobs: (() => void) | null;
};

/** Offers the lists of changes. */
export function useActivityOffer(parts: ActivityParts): void {
  const { store, filters, count, ticked, exporting, search, isAll, onClear, onAllJobs } = parts;
  const go = useGo();
  useOffer("screen", () => [
    {
      id: "select-all",
      group: t("palette.list"),
      label: t("grid.selectAll"),
      more: t("activity.count", { n: count }),
      icon: <ListChecks aria-hidden />,
      keys: "selectAll",
      offBecause: count === 0 ? t("activity.noneToTick") : null,
      run: ticked.setAll,
    },
    ...(search === ""
      ? []
      : [
          {
            id: "clear-search",
            group: t("palette.list"),
            label: t("search.clear"),
            more: search,
            icon: <Search aria-hidden />,
            run: onClear,
          },
        ]),
    ...(onAllJobs === null
      ? []
      : [
          {
            id: "all-jobs",
            group: t("palette.list"),
            label: t("activity.allJobs"),
            icon: <Filter aria-hidden />,
            run: onAllJobs,
          },
        ]),
    // Where all of them are listed it would be the command that every screen has.
    ...(isAll
      ? []
      : exportActions(
          {
            id: "activity-export",
            group: t("palette.list"),
            label: (form) => t("palette.activityExport", { form }),
            more: t("activity.count", { n: count }),
          },
          exporting,
        )),
    ...filters.map((filter) => ({
      id: `activity-${filter}`,
      group: t("palette.list"),
      label: t("palette.activityIn", { label: t(`activity.tab.${filter}`) }),
      icon: <History aria-hidden />,
      run: () => go.activity(store, filter === "all" ? {} : { filter }),
    })),
  ]);
}
