import { Search } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from "react";
import { Dialog, Modal, ModalOverlay } from "react-aria-components";
import { Badge } from "../../components/Badge";
import { Keys } from "../../components/Keys";
import { t } from "../../i18n";
import type { Store } from "../../ipc";
import { classes } from "../../lib/classes";
import { type Command, useCommands } from "./useCommands";
import { type Hit, findCommands } from "./findCommands";
import css from "./Palette.module.css";

/** Props of {@link Palette}. */
export type PaletteProps = {
  /** The store that is open. */
  store: Store;
  /** Closes it. */
  onClose: () => void;
};

function Marked({ hit }: { hit: Hit }) {
  const { label } = hit.command;
  if (hit.at < 0) return label;
  return (
    <>
      {label.slice(0, hit.at)}
      <mark className={css["mark"]}>{label.slice(hit.at, hit.at + hit.length)}</mark>
      {label.slice(hit.at + hit.length)}
    </>
  );
}

/** Every command there is, found by name and done with Enter. */
export function Palette({ store, onClose }: PaletteProps) {
  const { commands, order } = useCommands(store);
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const hits = useMemo(() => findCommands(commands, text), [commands, text]);
  const chosen = Math.min(at, hits.length - 1);

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: "nearest" });
  }, [chosen, hits]);

  const run = (command: Command | undefined) => {
    if (!command) return;
    onClose();
    // The list gives the focus back first; then the command may take it.
    setTimeout(command.run, 0);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && hits.length > 0) {
      event.preventDefault();
      setAt((chosen + step + hits.length) % hits.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      run(hits[chosen]?.command);
    }
  };

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
              aria-label={t("palette.placeholder")}
              placeholder={t("palette.placeholder")}
              aria-expanded
              aria-controls={`${id}-list`}
              aria-activedescendant={hits.length > 0 ? `${id}-${chosen}` : undefined}
              autoComplete="off"
              value={text}
              onChange={(event) => {
                setText(event.target.value);
                setAt(0);
              }}
              onKeyDown={onKeyDown}
            />
            {order ? <Badge>{t("palette.orderTag", { id: order })}</Badge> : null}
          </div>
          <div ref={list} className={css["list"]} role="listbox" id={`${id}-list`} aria-label={t("palette.label")}>
            {hits.map((hit, index) => {
              const first = hits[index - 1]?.command.group !== hit.command.group;
              return (
                <div key={hit.command.id} role="presentation">
                  {first ? (
                    <p className={css["group"]} role="presentation">
                      {hit.command.group}
                    </p>
                  ) : null}
                  {/* The field above hears the keys. */}
                  {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events */}
                  <div
                    role="option"
                    id={`${id}-${index}`}
                    tabIndex={-1}
                    aria-selected={index === chosen}
                    className={classes(css["hit"], index === chosen && css["chosen"])}
                    onPointerMove={() => setAt(index)}
                    onClick={() => run(hit.command)}
                  >
                    <span className={css["icon"]}>{hit.command.icon}</span>
                    <span className={css["label"]}>
                      <Marked hit={hit} />
                    </span>
                    {hit.command.more ? <span className={css["more"]}>{hit.command.more}</span> : null}
                    <span className={css["space"]} />
                    {hit.command.keys ? <Keys keys={hit.command.keys} /> : null}
                  </div>
                </div>
              );
            })}
            {hits.length === 0 ? <p className={css["nothing"]}>{t("palette.nothing", { text })}</p> : null}
          </div>
          <footer className={css["foot"]}>
            <Keys keys={["↑", "↓"]} />
            {t("palette.choose")}
            <Keys keys={[t("key.enter")]} />
            {t("palette.do")}
            <span className={css["space"]} />
            <span role="status">{t("palette.count", { n: hits.length })}</span>
          </footer>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
