import { Copy, Store as Shop } from "lucide-react";
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from "react";
import { ColorPicker } from "../../components/ColorPicker";
import { CopyButton } from "../../components/CopyButton";
import { RadioGroup } from "../../components/RadioGroup";
import { SafetyPicker } from "../../components/SafetyPicker";
import { TextField } from "../../components/TextField";
import { Trouble } from "../../components/Trouble";
import { t } from "../../i18n";
import { type AppError, type Color, type Safety, type Store, asAppError, useWrite } from "../../ipc";
import { useOffer } from "../../lib/actions";
import { classes } from "../../lib/classes";
import { copy } from "../../lib/copy";
import { useTell } from "../../lib/telling";
import { Part } from "./Part";
import css from "./Settings.module.css";
import { channelWords, useChannels } from "./storefrontChannels";
import { useBroughtIntoView } from "./useBroughtIntoView";

/** Props of {@link StorePart}. */
export type StorePartProps = {
  /** The store. */
  store: Store;
};

type Wanted = { name: string; color: Color; safety: Safety; channel: string };

const savedForMs = 2500;

/** Name, color and safety of a store. Each takes effect at once; the name when its field is left. */
export function StorePart({ store }: StorePartProps) {
  const { mutateAsync: edit } = useWrite("editStore");
  const tell = useTell();
  // What was chosen here and is not yet what the backend tells.
  const [wanted, setWanted] = useState<Wanted | null>(null);
  const [name, setName] = useState(store.name);
  const [error, setError] = useState<AppError | null>(null);
  const [saved, setSaved] = useState(false);
  // One after the other, so that the last choice is the one that stays.
  const turn = useRef(Promise.resolve());
  const latest = useRef<Wanted | null>(null);
  const now: Wanted = wanted ?? { name: store.name, color: store.color, safety: store.safety, channel: store.channel };
  const problem = nameProblem(name);
  const self = useBroughtIntoView(store.key, "store");

  // Renamed elsewhere, for example in another window.
  const told = store.name;
  useEffect(() => setName(told), [told]);

  useEffect(() => {
    if (!saved) return;
    const timer = setTimeout(() => setSaved(false), savedForMs);
    return () => clearTimeout(timer);
  }, [saved]);

  const save = useCallback(
    (next: Wanted) => {
      latest.current = next;
      setWanted(next);
      setError(null);
      setSaved(false);
      turn.current = turn.current.then(async () => {
        if (latest.current !== next) return;
        try {
          await edit({ store: store.key, ...next });
          if (latest.current === next) setSaved(true);
        } catch (thrown) {
          if (latest.current === next) setError(asAppError(thrown));
        }
        if (latest.current === next) setWanted(null);
      });
    },
    [edit, store.key],
  );

  const saveName = () => {
    const trimmed = name.trim();
    if (problem || trimmed === now.name) return;
    save({ ...now, name: trimmed });
  };

  const onKey = (event: KeyboardEvent) => {
    if (event.key === "Enter") saveName();
    if (event.key === "Escape" && name !== now.name) {
      event.stopPropagation();
      setName(now.name);
    }
  };

  useOffer("screen", () =>
    store.isSample
      ? []
      : [
          {
            id: "copy-hash",
            group: t("settings.store"),
            label: t("common.copyNamed", { what: t("settings.hash") }),
            more: store.hash,
            icon: <Copy aria-hidden />,
            run: () =>
              void copy(store.hash).then((done) =>
                tell(done ? t("common.copiedNamed", { what: t("settings.hash") }) : t("copy.failed")),
              ),
          },
        ],
  );

  return (
    <Part ref={self} title={t("settings.store")} more={t("settings.store.more")}>
      <div className={css["name"]} onKeyDown={onKey} role="presentation">
        <TextField
          label={t("store.name")}
          value={name}
          onChange={setName}
          onBlur={saveName}
          autoComplete="off"
          error={problem}
        />
      </div>
      <ColorPicker value={now.color} onChange={(color) => save({ ...now, color })} />
      <div className={css["wide"]}>
        <SafetyPicker value={now.safety} onChange={(safety) => save({ ...now, safety })} />
        <p className={css["saved"]} role="status">
          {saved ? t("settings.saved") : ""}
        </p>
      </div>
      <ChannelChoice store={store} value={now.channel} onChange={(channel) => save({ ...now, channel })} />
      {error ? (
        <div className={css["wide"]}>
          <Trouble error={error} />
        </div>
      ) : null}
      {store.isSample ? null : (
        <dl className={css["facts"]}>
          <dt>{t("settings.hash")}</dt>
          <dd className={classes(css["code"], css["copied"])} data-selectable>
            {store.hash} <CopyButton text={store.hash} what={t("settings.hash")} />
          </dd>
          {store.domain ? (
            <>
              <dt>{t("settings.domain")}</dt>
              <dd data-selectable>{store.domain}</dd>
            </>
          ) : null}
        </dl>
      )}
    </Part>
  );
}

type ChannelChoiceProps = { store: Store; value: string; onChange: (channel: string) => void };

/** Which storefront is meant where one is to be chosen; off where they can't be listed, nothing where there is but one. */
function ChannelChoice({ store, value, onChange }: ChannelChoiceProps) {
  const { channels, lacks } = useChannels(store);
  const why = lacks ? t("settings.channel.off") : null;
  const ids = channels?.map(({ id }) => id) ?? [];
  // One that is not listed any more is still what was chosen. "1" also says that nothing was chosen.
  const all = ids.includes(value) || (value === "1" && ids.length > 0) ? ids : [...ids, value];
  const shown = lacks || all.length > 1;
  useOffer("screen", () =>
    shown
      ? all.map((id) => ({
          id: `channel-${id}`,
          group: t("settings.store"),
          label: `${t("settings.channel")}: ${channelWords(id, channels)}`,
          icon: <Shop aria-hidden />,
          offBecause: why ?? (id === value ? t("palette.inForce") : null),
          run: () => onChange(id),
        }))
      : [],
  );
  if (!shown) return null;
  return (
    <div className={css["wide"]}>
      <RadioGroup
        label={t("settings.channel")}
        choices={all.map((id) => ({ value: id, label: channelWords(id, channels) }))}
        value={value}
        onChange={onChange}
        isDisabled={why !== null}
      />
      <p className={css["quiet"]}>{why ?? t("settings.channel.more")}</p>
    </div>
  );
}

function nameProblem(name: string): string | null {
  const length = [...name.trim()].length;
  if (length === 0) return t("store.name.empty");
  return length > 80 ? t("store.name.long", { n: length }) : null;
}
