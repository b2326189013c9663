import type { ReactNode } from "react";
import { PaneEdge } from "./PaneEdge";
import css from "./ListScreen.module.css";

/** Least, usual and greatest width of a panel. */
export const panelWidths = { min: 320, usual: 420, max: 560 } as const;

/** Props of {@link ListScreen}. */
export type ListScreenProps = {
  /** Names the screen. */
  title: string;
  /** At the right of the title. */
  actions?: ReactNode;
  /** Below the title. */
  tabs?: ReactNode;
  /** Filters in force, at the left of the line above the rows. */
  filters?: ReactNode;
  /** How much is shown, at its right. */
  sum?: ReactNode;
  /** The rows. */
  children: ReactNode;
  /** Between the rows and the foot: what just went wrong with them. */
  notice?: ReactNode;
  /** Below the rows, at the left and the right. */
  foot: ReactNode;
  /** Takes the foot's place while rows are ticked. */
  bar?: ReactNode;
  /** The thing that is open. */
  panel?: ReactNode;
  /** Width of the panel. */
  panelWidth: number;
  /** Told about another width. */
  onPanelWidth: (width: number) => void;
};

/** A list, and beside it the thing that is open. */
export function ListScreen(props: ListScreenProps) {
  const { title, actions, tabs, filters, sum, children, notice, foot, bar, panel, panelWidth, onPanelWidth } = props;
  return (
    <div className={css["screen"]}>
      <main className={css["list"]} aria-label={title}>
        <header className={css["head"]}>
          <h1 className={css["title"]}>{title}</h1>
          {tabs || filters ? null : <span className={css["sum"]}>{sum}</span>}
          <div className={css["actions"]}>{actions}</div>
        </header>
        {tabs ? <div className={css["tabs"]}>{tabs}</div> : null}
        {filters || (sum && tabs) ? (
          <div className={css["filters"]}>
            <div className={css["chips"]}>{filters}</div>
            <span className={css["sum"]}>{sum}</span>
          </div>
        ) : null}
        {children}
        {notice ? <div className={css["notice"]}>{notice}</div> : null}
        {bar ?? <footer className={css["foot"]}>{foot}</footer>}
        {panel ? (
          <div className={css["edge"]}>
            <PaneEdge width={panelWidth} {...panelWidths} onWidth={onPanelWidth} />
          </div>
        ) : null}
      </main>
      {panel ? (
        <div className={css["panel"]} style={{ width: `min(${panelWidth}px, max(${panelWidths.min}px, 40.5%))` }}>
          {panel}
        </div>
      ) : null}
    </div>
  );
}
