import { useNavigate } from "@tanstack/react-router";
import { Download } from "lucide-react";
import { useState } from "react";
import { BusySign } from "../../components/BusySign";
import { Button } from "../../components/Button";
import { Checkbox } from "../../components/Checkbox";
import { Modal } from "../../components/Modal";
import { Notice } from "../../components/Notice";
import { Trouble } from "../../components/Trouble";
import { t } from "../../i18n";
import { type Holdings, type Store, useKeychain, useRead, useStorefrontTokens, useStoreState, useWrite } from "../../ipc";
import { shortDate } from "../../lib/dates";
import { size } from "../../lib/sizes";
import { useTellTrouble } from "../../lib/telling";
import { Part } from "./Part";
import css from "./Settings.module.css";
import { useAsking } from "./useAsking";

/** Props of {@link RemovePart}. */
export type RemovePartProps = {
  /** The store. */
  store: Store;
};

/** Takes a store off this computer, after naming everything that goes with it. */
export function RemovePart({ store }: RemovePartProps) {
  const navigate = useNavigate();
  const state = useStoreState(store.key);
  const remove = useWrite("removeStore");
  const { mutateAsync: askToRemove } = remove;
  const [asking, setAsking] = useAsking(store.key, "remove");
  // On to the store that comes next, or to the welcome.
  const go = async (leaveTokenBehind = false) => {
    try {
      // Not a callback of the write: those are not called once this part is gone, and it goes with its store.
      await askToRemove({ store: store.key, keepJournal, leaveTokenBehind });
      void navigate({ to: "/", replace: true });
    } catch {
      // The dialog says why.
    }
  };
  const { data: held = null, isError: isUncounted } = useRead("holdings", { store: store.key }, { enabled: asking });
  const keychain = useKeychain({ enabled: asking }).data;
  // Whoever asks for nothing loses nothing, but for what was made up.
  const [keepJournal, setKeepJournal] = useState(!store.isSample);
  // Where nobody knows what the journal holds it is tried, and can be done without if that fails.
  const canKeep = isUncounted || (held !== null && held.changes > 0);
  const { current, spare, lost } = useStorefrontTokens(store.key);
  // What works on after the store is gone from here is named, whether it is in use or not.
  const storefront = [current, spare].filter((token) => token !== null);
  const exporting = useWrite("exportActivity");
  // Only the keychain keeps a removal waiting.
  const cancelUnlock = useWrite("cancelUnlock", { onError: useTellTrouble() });
  const closed = remove.error?.code.startsWith("keychain") || remove.error?.code === "cancelled";
  const waiting = held?.changesWaiting ?? state?.changesWaiting ?? 0;
  return (
    <Part title={t("settings.remove")} more={t("settings.remove.more")}>
      <Button onPress={() => setAsking(true)}>{t("settings.remove.button")}</Button>
      {asking ? (
        <Modal
          title={t("settings.remove.ask", { name: store.name })}
          onClose={() => {
            if (!remove.isPending) setAsking(false);
          }}
          footer={
            <>
              <Button
                look="quiet"
                onPress={() => (remove.isPending ? cancelUnlock.mutate({ store: store.key }) : setAsking(false))}
              >
                {t("common.cancel")}
              </Button>
              <Button
                look="danger"
                isPending={remove.isPending}
                icon={remove.isPending ? <BusySign /> : null}
                onPress={() => void go()}
              >
                {remove.isPending ? t("settings.remove.doing") : doWords(store.name)}
              </Button>
            </>
          }
        >
          {waiting > 0 ? (
            <div className={css["first"]}>
              <Notice gravity="warn" title={t("settings.remove.waiting", { n: waiting })}>
                {t("settings.remove.waiting.more", { n: waiting })}
              </Notice>
            </div>
          ) : null}
          {t("settings.remove.goes")}
          <ul className={css["goes"]}>
            {store.tokenEntry ? (
              <li>
                {t(keychain?.available === false ? "settings.remove.entry.later" : "settings.remove.entry", {
                  entry: store.tokenEntry,
                })}
              </li>
            ) : null}
            {store.tokenHome === "untilQuit" ? <li>{t("settings.remove.memory")}</li> : null}
            {storefront.map((token) =>
              token.isGone ? null : (
                <li key={token.last4}>
                  {t(token === current ? "settings.remove.storefront" : "settings.remove.storefront.spare", {
                    last4: token.last4,
                    day: shortDate(token.expiresAt),
                  })}
                </li>
              ),
            )}
            {[...storefront, ...lost].map((token) =>
              token.isGone ? (
                <li key={token.last4}>
                  {t("settings.remove.storefront.gone", { last4: token.last4, day: shortDate(token.expiresAt) })}
                </li>
              ) : null,
            )}
            {store.isSample ? <li>{t("settings.remove.sample")}</li> : null}
            <li>
              {t("settings.remove.copy", { n: state?.orders ?? 0 })}
              <Size of={held} what="copy" />
            </li>
            <li>
              {t("settings.remove.pictures")}
              <Size of={held} what="pictures" />
            </li>
            <li>
              {t(keepJournal && held && held.changes > 0 ? "settings.remove.journal.kept" : "settings.remove.journal", {
                n: held?.changes ?? 0,
              })}
              <Size of={held} what="journal" />
            </li>
            <li>
              {t("settings.remove.layout", { n: held?.drafts ?? 0 })}
              <Size of={held} what="desk" />
            </li>
          </ul>
          {canKeep ? (
            <div className={css["keep"]}>
              <Checkbox isSelected={keepJournal} isDisabled={remove.isPending} onChange={setKeepJournal}>
                {t("settings.remove.keep")}
              </Checkbox>
              <p className={css["keepMore"]}>{t("settings.remove.keep.more")}</p>
            </div>
          ) : null}
          {held && held.changes > 0 ? (
            <div className={css["export"]}>
              <Button
                icon={exporting.isPending ? <BusySign /> : <Download aria-hidden />}
                isPending={exporting.isPending}
                onPress={() =>
                  exporting.mutate({
                    which: { store: store.key, filter: "all", search: null, job: null },
                    form: "csv",
                  })
                }
              >
                {t("settings.remove.export")}
              </Button>
              <span role="status">
                {exporting.data?.file
                  ? t("settings.remove.exported", { n: exporting.data.count, name: exporting.data.file })
                  : null}
              </span>
              {exporting.error ? <Trouble error={exporting.error} /> : null}
            </div>
          ) : null}
          {store.isSample ? null : t("settings.remove.account")}
          {remove.error ? (
            <div className={css["trouble"]}>
              <Trouble error={remove.error} />
              {closed && !remove.isPending ? (
                <div className={css["export"]}>
                  <Button onPress={() => void go(true)}>{t("settings.remove.leave")}</Button>
                  <span>{t("settings.remove.leave.more")}</span>
                </div>
              ) : null}
            </div>
          ) : null}
        </Modal>
      ) : null}
    </Part>
  );
}

/** How large something is that goes; nothing until it is known. */
function Size({ of, what }: { of: Holdings | null; what: "copy" | "pictures" | "journal" | "desk" }) {
  return of ? <span className={css["size"]}> {size(of[what])}</span> : null;
}

/** The button repeats what goes, as long as there is room for it. */
function doWords(name: string): string {
  return name.length <= 24 ? t("settings.remove.do", { name }) : t("settings.remove.do.plain");
}
