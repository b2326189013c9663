import { useSearch } from "@tanstack/react-router";
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { Chip } from "../../components/Chip";
import { DataGrid } from "../../components/grid/DataGrid";
import type { Widths } from "../../components/grid/columns";
import type { GridHandle } from "../../components/grid/types";
import { EmptyState } from "../../components/EmptyState";
import { ListScreen, panelWidths } from "../../components/ListScreen";
import { NotTicked } from "../../components/NotTicked";
import { OverflowTabs } from "../../components/OverflowTabs";
import { Trouble } from "../../components/Trouble";
import { t } from "../../i18n";
import {
  type ActivityFilter,
  type ActivityRow,
  type ActivityView,
  type Landing,
  useRead,
  useRemembered,
  useRows,
  useSettledView,
  useStore,
  useTicked,
} from "../../ipc";
import { count as formatted } from "../../lib/counts";
import { entryWords } from "../../lib/entries";
import { type ActivityPlace, useGo } from "../../lib/go";
import { readNumber, readWidths } from "../../lib/reading";
import { ActivityBulkBar } from "./ActivityBulkBar";
import { activityColumns } from "./activityColumns";
import { ActivityExport } from "./ActivityExport";
import { ActivityKeepingChoice } from "./ActivityKeepingChoice";
import { ActivityPanel } from "./ActivityPanel";
import css from "./ActivityScreen.module.css";
import { OpenJobs } from "./OpenJobs";
import { useActivityOffer, useTickedOffer } from "./useActivityActions";
import { useActivityExport } from "./useActivityExport";
import { useTickedActs } from "./useTickedActs";

/** Props of {@link ActivityScreen}. */
export type ActivityScreenProps = {
  /** The store's key. */
  store: string;
};

const filters: readonly ActivityFilter[] = ["all", "toLookAt", "onTheWay", "undone"];
const isFilter = (text: unknown): text is ActivityFilter => filters.includes(text as ActivityFilter);

function placeOf(filter: ActivityFilter, q: string, job: string | null): ActivityPlace {
  return {
    ...(filter === "all" ? {} : { filter }),
    ...(q === "" ? {} : { q }),
    ...(job === null ? {} : { job }),
  };
}

const idOf = (row: ActivityRow) => row.entry;
const nameOf = (row: ActivityRow) => entryWords(row).what;
const noWidths: Widths = {};

const emptyWords = {
  all: ["activity.empty", "activity.empty.more"],
  toLookAt: ["activity.empty.toLookAt", "activity.empty.toLookAt.more"],
  onTheWay: ["activity.empty.onTheWay", "activity.empty.onTheWay.more"],
  undone: ["activity.empty.undone", "activity.empty.undone.more"],
} as const satisfies Record<ActivityFilter, readonly [string, string]>;

/** Everything that was changed from here: what it was, what it became, and how it went. */
export function ActivityScreen({ store: key }: ActivityScreenProps) {
  const go = useGo();
  const store = useStore(key);
  const place = useSearch({ strict: false }) as ActivityPlace;
  const filter: ActivityFilter = isFilter(place.filter) ? place.filter : "all";
  const open = place.open ?? null;
  const search = place.q ?? "";
  const job = place.job ?? null;
  const [widths, setWidths] = useRemembered(key, "activity.widths", readWidths, noWidths);
  const [panelWidth, setPanelWidth] = useRemembered<number>(key, "panel.width", readNumber, panelWidths.usual);
  const grid = useRef<GridHandle>(null);
  const [range, setRange] = useState({ from: 0, to: 30 });

  const opened = useRead("openActivity", { store: key, filter, search, job });
  const isAll = filter === "all" && search === "" && job === null;
  const shownCount = useRef(0);
  const land = useCallback(
    (next: ActivityView): Promise<Landing> => {
      const handle = grid.current;
      if (!handle) return Promise.resolve(null);
      // Changes come in at the top and never leave, so every row has moved down by the number of new ones.
      const moved = isAll ? Math.max(0, next.count - shownCount.current) : 0;
      const { index, offset, atTop } = handle.anchor();
      const active = handle.active() + moved;
      return Promise.resolve(atTop ? { index: 0, offset: 0, active } : { index: index + moved, offset, active });
    },
    [isAll],
  );
  const { shown, landing } = useSettledView("activityRows", `${filter} ${job ?? ""} ${search}`, opened.data, land);
  const count = shown?.count ?? 0;
  useEffect(() => {
    shownCount.current = count;
  }, [count]);
  const { rowAt } = useRows("activityRows", shown?.view ?? null, count, range);

  const landedView = landing?.view ?? null;
  useLayoutEffect(() => {
    if (landing?.at) {
      grid.current?.restore(landing.at.index, landing.at.offset);
      grid.current?.activate(landing.at.active ?? 0);
    } else {
      grid.current?.toTop();
      grid.current?.activate(0);
    }
    // Once for each version of the list.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [landedView]);

  const openEntry = useCallback(
    (entry: string | null) => {
      const to: ActivityPlace = placeOf(filter, search, job);
      if (entry !== null) to.open = entry;
      go.activity(key, to, { replace: true });
    },
    [filter, go, job, key, search],
  );
  const ticked = useTicked("activityRows", shown?.view ?? null, count, rowAt, `${filter} ${job ?? ""} ${search}`);
  const acts = useTickedActs(key, ticked);
  useTickedOffer(acts, ticked);
  const exporting = useActivityExport({ store: key, filter, search, job });
  const showAllJobs = () => go.activity(key, placeOf(filter, search, null));
  useActivityOffer({
    store: key,
    filters,
    count,
    ticked,
    exporting,
    search,
    isAll,
    onClear: () => go.activity(key, placeOf(filter, "", job)),
    onAllJobs: job === null ? null : showAllJobs,
  });
  const columns = useMemo(() => activityColumns(key), [key]);
  const onRange = useCallback(
    (from: number, to: number) => setRange((old) => (old.from === from && old.to === to ? old : { from, to })),
    [],
  );
  const onOpen = useCallback((row: ActivityRow) => openEntry(row.entry), [openEntry]);

  if (!store) return null;
  const [emptyTitle, emptyMore] = emptyWords[filter];

  return (
    <ListScreen
      title={t("activity.title")}
      actions={<ActivityExport exporting={exporting} />}
      filters={
        job === null ? undefined : (
          <Chip
            name={t("activity.panel.job")}
            value={t("activity.count", { n: shown?.count ?? 0 })}
            onRemove={showAllJobs}
          />
        )
      }
      notice={
        <>
          {ticked.failed ? <NotTicked error={ticked.failed} onAgain={ticked.again} /> : null}
          <OpenJobs store={key} />
        </>
      }
      tabs={
        <OverflowTabs
          label={t("activity.tabs")}
          value={filter}
          tabs={filters.map((id) => ({
            id,
            label: t(`activity.tab.${id}`),
            count: shown?.[id] ?? 0,
          }))}
          onChange={(id) => go.activity(key, placeOf(isFilter(id) ? id : "all", search, job))}
        />
      }
      foot={
        <>
          <span>
            {count === 0
              ? t("activity.count", { n: 0 })
              : t("activity.range", {
                  from: formatted(range.from + 1),
                  to: formatted(Math.max(range.from + 1, Math.min(range.to, count))),
                  all: formatted(count),
                })}
          </span>
          <ActivityKeepingChoice store={key} />
        </>
      }
      bar={
        ticked.count > 0 || ticked.reading ? <ActivityBulkBar ticked={ticked} acts={acts} count={count} /> : undefined
      }
      panelWidth={panelWidth}
      onPanelWidth={setPanelWidth}
      panel={
        open !== null ? (
          <ActivityPanel
            key={open}
            store={key}
            entry={open}
            onClose={() => {
              openEntry(null);
              grid.current?.focus();
            }}
          />
        ) : undefined
      }
    >
      {opened.error && !shown ? (
        <div className={css["failed"]}>
          <Trouble error={opened.error} steps={["tryAgain"]} onStep={() => void opened.refetch()} />
        </div>
      ) : shown ? (
        <DataGrid
          handle={grid}
          label={t("activity.grid")}
          columns={columns}
          count={count}
          rowAt={rowAt}
          idOf={idOf}
          nameOf={nameOf}
          onRange={onRange}
          open={open}
          onOpen={onOpen}
          onClose={() => (ticked.count > 0 || ticked.reading || ticked.failed ? ticked.clear() : openEntry(null))}
          ticking={ticked}
          widths={widths}
          onWidths={setWidths}
          empty={<EmptyState title={t(emptyTitle)}>{t(emptyMore)}</EmptyState>}
        />
      ) : (
        <div className={css["room"]} aria-busy />
      )}
    </ListScreen>
  );
}
