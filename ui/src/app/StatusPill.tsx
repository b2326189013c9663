import { Gauge } from "lucide-react";
import { useState } from "react";
import { Button as Pressable } from "react-aria-components";
import { Popup } from "../components/Popup";
import { t } from "../i18n";
import { type Store, useStoreState } from "../ipc";
import { useOffer } from "../lib/actions";
import { useNow } from "../lib/now";
import { useCountdown } from "../lib/useCountdown";
import { StatusDetails } from "./StatusDetails";
import css from "./StatusPill.module.css";
import { statusWords } from "./statusWords";

/** Props of {@link StatusPill}. */
export type StatusPillProps = {
  /** The store that is open. */
  store: Store;
};

/** How the store is doing; a click shows the whole of it. */
export function StatusPill({ store }: StatusPillProps) {
  const state = useStoreState(store.key);
  const now = useNow(1000);
  const waitSeconds = useCountdown(state?.waiting?.seconds ?? 0, state?.waiting ?? null);
  const [open, setOpen] = useState(false);
  useOffer("frame", () => [
    {
      id: "pill",
      group: t("palette.thisStore"),
      label: t("pill.details"),
      icon: <Gauge aria-hidden />,
      run: () => setOpen(true),
    },
  ]);
  if (!state) return null;
  const words = statusWords(state, now, waitSeconds);
  const { sign, what, aside, more } = words;
  return (
    <Popup
      label={t("pill.details")}
      isOpen={open}
      onOpenChange={setOpen}
      trigger={
        <Pressable className={css["pill"]!} aria-label={[what, aside, more].filter(Boolean).join(", ")}>
          <span className={css["sign"]}>{sign}</span>
          {/* Spaces part the words for whoever hears them in one go. */}
          <span className={css["what"]}>{what}</span> {aside ? <span className={css["aside"]}>{aside}</span> : null}{" "}
          {more ? (
            <>
              <span className={css["line"]} />
              <span className={css["more"]}>{more}</span>
            </>
          ) : null}
        </Pressable>
      }
    >
      {(close) => <StatusDetails store={store} state={state} words={words} now={now} onClose={close} />}
    </Popup>
  );
}
