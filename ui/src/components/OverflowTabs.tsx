import { ChevronDown } from "lucide-react";
import { type KeyboardEvent, useLayoutEffect, useRef, useState } from "react";
import { Button as Pressable } from "react-aria-components";
import { t } from "../i18n";
import { classes } from "../lib/classes";
import { count } from "../lib/counts";
import { Menu } from "./Menu";
import css from "./OverflowTabs.module.css";

/** One tab. */
export type Tab = {
  /** Tells it from the others. */
  id: string;
  /** Its name. */
  label: string;
  /** How many things it holds; `null` while that is not known. */
  count: number | null;
  /** Goes under More even where there is room. */
  behind?: boolean;
};

/** Props of {@link OverflowTabs}. */
export type OverflowTabsProps = {
  /** What they choose. */
  label: string;
  /** Tabs, in order. */
  tabs: readonly Tab[];
  /** The chosen one. */
  value: string;
  /** Told when another is chosen. */
  onChange: (id: string) => void;
};

const gap = 20;
const moreWidth = 72;

/** How many tabs fit, all of them measured. */
function fitting(widths: readonly number[], room: number): number {
  let used = 0;
  for (const [at, width] of widths.entries()) {
    used += width + (at > 0 ? gap : 0);
    const rest = at < widths.length - 1 ? gap + moreWidth : 0;
    if (used + rest > room) return at;
  }
  return widths.length;
}

const number = (tab: Tab) => (tab.count === null ? null : <span className={css["count"]}>{count(tab.count)}</span>);

const face = (tab: Tab) => (
  <>
    <span className={css["name"]} data-name={tab.label}>
      {tab.label}
    </span>
    {number(tab)}
  </>
);

/** Tabs with counts; what doesn't fit goes under More. */
export function OverflowTabs({ label, tabs, value, onChange }: OverflowTabsProps) {
  const bar = useRef<HTMLDivElement>(null);
  const ruler = useRef<HTMLDivElement>(null);
  const [fits, setFits] = useState(tabs.length);
  const signature = tabs.map((tab) => `${tab.label} ${tab.count} ${tab.behind ? 1 : 0}`).join("|");

  const front = tabs.filter((tab) => !tab.behind || tab.id === value);
  useLayoutEffect(() => {
    const element = bar.current;
    if (!element) return;
    const measure = () => {
      const widths = [...(ruler.current?.children ?? [])].map((child) => child.getBoundingClientRect().width);
      const always = tabs.some((tab) => tab.behind) ? gap + moreWidth : 0;
      const room = element.clientWidth;
      const all = widths.reduce((sum, width) => sum + width + gap, -gap);
      setFits(all + always <= room ? widths.length : fitting([...widths, 1e6], room));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
    // Measured anew whenever a word or a count in it changes.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [signature, value]);

  const shown = front.slice(0, Math.max(1, fits));
  const chosen = front.find((tab) => tab.id === value);
  // The chosen tab is always in sight: it takes the place of the last one that fits.
  if (chosen && !shown.includes(chosen)) shown.splice(shown.length - 1, 1, chosen);
  const rest = tabs.filter((tab) => !shown.includes(tab));

  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const at = shown.findIndex((tab) => tab.id === value);
    const next = shown[(at + step + shown.length) % shown.length];
    if (!next) return;
    onChange(next.id);
    bar.current?.querySelector<HTMLElement>(`[data-tab="${next.id}"]`)?.focus();
  };

  return (
    <div className={css["bar"]} ref={bar}>
      <div role="toolbar" aria-label={label} className={css["tabs"]} tabIndex={-1} onKeyDown={onKeyDown}>
        {shown.map((tab) => (
          <button
            key={tab.id}
            type="button"
            data-tab={tab.id}
            aria-pressed={tab.id === value}
            tabIndex={tab.id === value ? 0 : -1}
            className={classes(css["tab"], tab.id === value && css["chosen"])}
            onClick={() => onChange(tab.id)}
          >
            {face(tab)}
          </button>
        ))}
      </div>
      {rest.length > 0 ? (
        <Menu
          label={label}
          width={240}
          trigger={
            <Pressable className={css["more"]!}>
              {t("common.more")}
              <ChevronDown aria-hidden />
            </Pressable>
          }
          groups={[
            {
              id: "rest",
              choices: rest.map((tab) => ({
                id: tab.id,
                label: tab.label,
                end: number(tab),
                onChoose: () => onChange(tab.id),
              })),
            },
          ]}
        />
      ) : null}
      <div className={css["ruler"]} ref={ruler} aria-hidden>
        {front.map((tab) => (
          <span key={tab.id} className={css["tab"]}>
            {face(tab)}
          </span>
        ))}
      </div>
    </div>
  );
}
