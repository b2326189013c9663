import { ExternalLink } from "lucide-react";
import { t } from "../i18n";
import type { AppError, Area, Unreadable } from "../ipc/bindings";
import { pageOf } from "../lib/pages";
import { unreadableField, unreadableLine, unreadableName, unreadableReport } from "../lib/unreadable";
import { CopyWords } from "./CopyWords";
import { Popup } from "./Popup";
import { TextButton } from "./TextButton";
import { Trouble } from "./Trouble";
import css from "./UnreadableThings.module.css";

/** Props of {@link UnreadableThings}. */
export type UnreadableThingsProps = {
  /** What the store sent and nobody understands. */
  things: readonly Unreadable[];
  /** Opens one in the control panel; `null` where there is none. */
  onOpen: ((area: Area, id: string) => void) | null;
  /** Why the last one could not be opened, if it could not. */
  error: AppError | null;
};

/** Names what could not be read, why, and what can be done about it. */
export function UnreadableThings({ things, onOpen, error }: UnreadableThingsProps) {
  return (
    <>
      <p>{t(onOpen ? "unreadable.more" : "unreadable.more.sample", { n: things.length })}</p>
      <ul className={css["things"]}>
        {things.map((thing) => {
          const { area, id } = thing;
          return (
            <li key={unreadableLine(thing)}>
              <span data-selectable>
                {unreadableName(thing)} <code>{unreadableField(thing)}</code>
              </span>
              {onOpen && id !== null && pageOf(area) ? (
                <TextButton size="small" onPress={() => onOpen(area, id)}>
                  <ExternalLink aria-hidden />
                  {t("unreadable.open", { what: unreadableName(thing) })}
                </TextButton>
              ) : null}
            </li>
          );
        })}
      </ul>
      {error ? <Trouble error={error} /> : null}
      <CopyWords text={unreadableReport(things)}>{t("unreadable.copy")}</CopyWords>
    </>
  );
}

/** Props of {@link UnreadableNote}. */
export type UnreadableNoteProps = UnreadableThingsProps & {
  /** How many of what. */
  words: string;
};

/** Says below a list that something is missing from it; a click names it. */
export function UnreadableNote({ words, ...rest }: UnreadableNoteProps) {
  return (
    <Popup label={words} placement="top end" trigger={<TextButton size="small">{words}</TextButton>}>
      {() => (
        <div className={css["note"]}>
          <strong>{words}</strong>
          <UnreadableThings {...rest} />
        </div>
      )}
    </Popup>
  );
}
