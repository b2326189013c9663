import { Search } from "lucide-react";
import { Fragment, type KeyboardEvent, useEffect, useId, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { Dialog, Modal, ModalOverlay } from "react-aria-components";
import { Keys } from "../../components/Keys";
import { t } from "../../i18n";
import { type Action, type Offers, perform } from "../../lib/actions";
import { classes } from "../../lib/classes";
import { count } from "../../lib/counts";
import { useSettledText } from "../../lib/found";
import { shownKeys } from "../../lib/shortcuts";
import { type Hit, asHits, findActions } from "./findActions";
import { FoundSaid } from "./FoundSaid";
import css from "./Palette.module.css";
import { useFound } from "./useFound";

/** Props of {@link Palette}. */
export type PaletteProps = {
  /** The store that is open, whose things are found as well; `null` outside of stores. */
  store: string | null;
  /** Everything that can be done. */
  offers: Offers;
  /** Closes it. */
  onClose: () => void;
};

function Marked({ hit: { action, parts } }: { hit: Hit }) {
  const { label } = action;
  return (
    <>
      {parts.map(([from, to], at) => (
        <Fragment key={from}>
          {label.slice(parts[at - 1]?.[1] ?? 0, from)}
          <mark className={css["mark"]}>{label.slice(from, to)}</mark>
        </Fragment>
      ))}
      {label.slice(parts.at(-1)?.[1] ?? 0)}
    </>
  );
}

/** Every action there is, and what is on this computer: found by name, done with Enter. */
export function Palette({ store, offers, onClose }: PaletteProps) {
  const [text, setText] = useState("");
  // By name, so that what comes in meanwhile moves nothing under the person's hand. `null`: the first there is.
  const [at, setAt] = useState<string | null>(null);
  // The text under which Enter was pressed before anything was there to choose: it counts once the answer comes.
  const entered = useRef<string | null>(null);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  // A list behind this may still be loading: what can be done with it is not known for good when this opens.
  const all = useSyncExternalStore(offers.watch, offers.current);
  const actions = useMemo(() => all.filter(({ unlisted }) => !unlisted), [all]);
  const settled = useSettledText(text);
  // Outside of stores there is nothing to find but what can be done.
  const found = useFound(store ?? "", store === null ? "" : settled);
  const groups = [
    ...findActions(actions, text),
    // What belongs to an older text is not shown under a newer one.
    ...(settled === text ? asHits(found.actions, text) : []),
  ];
  const hits = groups.flatMap((group) => group.hits);
  const chosen = Math.max(
    0,
    hits.findIndex(({ action }) => action.id === at),
  );
  const reading = settled !== text || found.reading;

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [chosen, text]);

  const run = (action: Action | undefined) => {
    if (!action || action.offBecause) return;
    onClose();
    // The list gives the focus back first; then the action may take it.
    setTimeout(() => perform(action), 0);
  };

  useEffect(() => {
    if (entered.current !== text || reading) return;
    entered.current = null;
    run(hits[chosen]?.action);
  });

  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && hits.length > 0) {
      event.preventDefault();
      setAt(hits[(chosen + step + hits.length) % hits.length]?.action.id ?? null);
    } else if (event.key === "Enter" && !event.nativeEvent.isComposing) {
      event.preventDefault();
      if (hits.length === 0 && reading) entered.current = text;
      else run(hits[chosen]?.action);
    }
  };

  // A line that leads to a list is a way to what was found, and nothing found itself.
  const shown = hits.filter(({ action }) => action.further === undefined).length;
  const further = hits.reduce((sum, { action }) => sum + (action.further ?? 0), 0);
  const isNothing = hits.length === 0 && !reading;
  const hint = t(store === null ? "palette.placeholder.outside" : "palette.placeholder");
  let index = -1;
  return (
    <ModalOverlay
      isOpen
      isDismissable
      onOpenChange={(open) => {
        if (!open) onClose();
      }}
      className={css["scrim"]!}
    >
      <Modal className={css["palette"]!}>
        <Dialog aria-label={t("palette.label")} className={css["dialog"]!}>
          <div className={css["head"]}>
            <Search aria-hidden />
            <input
              // The person has asked for this field by opening the list.
              // oxlint-disable-next-line jsx-a11y/no-autofocus
              autoFocus
              className={css["input"]}
              role="combobox"
              aria-label={hint}
              placeholder={hint}
              aria-expanded
              aria-controls={`${id}-list`}
              aria-activedescendant={hits.length > 0 ? `${id}-${chosen}` : undefined}
              autoComplete="off"
              spellCheck={false}
              value={text}
              onChange={(event) => {
                setText(event.target.value);
                setAt(null);
                entered.current = null;
              }}
              onKeyDown={onKeyDown}
            />
          </div>
          <div ref={list} className={css["list"]} role="listbox" id={`${id}-list`} aria-label={t("palette.label")}>
            {groups.map(({ id: key, group, hits: some }) => (
              <div key={key} role="group" aria-label={group}>
                <p className={css["group"]} role="presentation">
                  {group}
                </p>
                {some.map((hit) => {
                  index += 1;
                  const place = index;
                  const { action } = hit;
                  const more = action.offBecause ?? action.more;
                  return (
                    // The field above hears the keys.
                    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
                    <div
                      key={action.id}
                      role="option"
                      id={`${id}-${place}`}
                      tabIndex={-1}
                      aria-selected={place === chosen}
                      aria-disabled={action.offBecause ? true : undefined}
                      className={classes(css["hit"], place === chosen && css["chosen"], action.offBecause && css["off"])}
                      onPointerMove={() => setAt(action.id)}
                      onClick={() => run(action)}
                    >
                      <span className={css["icon"]}>{action.icon}</span>
                      <span className={css["label"]}>
                        <Marked hit={hit} />
                      </span>{" "}
                      {more ? <span className={css["more"]}>{more}</span> : null}
                      <span className={css["space"]} />
                      {action.keys ? <Keys keys={shownKeys(action.keys)} /> : null}
                    </div>
                  );
                })}
              </div>
            ))}
          </div>
          <div role="status" className={css["said"]}>
            {store === null ? (
              isNothing && <p className={css["nothing"]}>{t("palette.nothing", { text })}</p>
            ) : settled === text ? (
              <FoundSaid store={store} text={text} found={found} isNothing={isNothing} />
            ) : null}
          </div>
          <footer className={css["foot"]}>
            <Keys keys={["↑", "↓"]} />
            {t("palette.choose")}
            <Keys keys={[t("key.enter")]} />
            {t("palette.do")}
            <span className={css["space"]} />
            <span role="status">
              {hits.length === 0 && reading
                ? null
                : further > 0
                  ? t("palette.matches.some", { n: count(shown), all: count(shown + further) })
                  : t(text === "" ? "palette.count" : "palette.matches", { n: shown })}
            </span>
          </footer>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
