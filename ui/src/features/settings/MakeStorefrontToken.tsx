import { useId, useState, type FormEvent } from "react";
import { BusySign } from "../../components/BusySign";
import { Button } from "../../components/Button";
import { Checkbox } from "../../components/Checkbox";
import { KeychainWait } from "../../components/KeychainWait";
import { Modal } from "../../components/Modal";
import { SegmentedControl } from "../../components/SegmentedControl";
import { TextField } from "../../components/TextField";
import { Trouble } from "../../components/Trouble";
import { t } from "../../i18n";
import {
  type KeychainInfo,
  type Store,
  type StorefrontScope,
  type StorefrontToken,
  type StorefrontTried,
  useWrite,
} from "../../ipc";
import { shortDate } from "../../lib/dates";
import { useNow } from "../../lib/now";
import { useTellTrouble } from "../../lib/telling";
import css from "./Settings.module.css";
import { useChannels } from "./storefrontChannels";
import { useStorefrontScopes } from "./storefrontScopes";
import { useKeychainWait } from "./useKeychainWait";

/** Props of {@link MakeStorefrontToken}. */
export type MakeStorefrontTokenProps = {
  /** The store. */
  store: Store;
  /** The token in use, which the new one takes the place of. */
  current: StorefrontToken | null;
  /** The system's keychain, once it is known. */
  keychain: KeychainInfo | null;
  /** Told once the new one is in use. */
  onMade: (tried: StorefrontTried) => void;
  /** Closes it. */
  onClose: () => void;
};

const scopes: readonly StorefrontScope[] = ["unauthenticated", "customer", "b2b"];
const lives = ["30", "90", "365"] as const;
const numbers = /^\s*[1-9]\d*(\s*,\s*[1-9]\d*)*\s*$/;

/** With one more, or without it. */
const toggle = <T,>(all: readonly T[], one: T, on: boolean) => (on ? [...all, one] : all.filter((other) => other !== one));

/** What becomes of the token in use. */
function renewWords({ last4, isGone, expiresAt }: StorefrontToken, now: Date): string {
  if (new Date(expiresAt) <= now) return t("storefront.renew.body.over", { last4 });
  return isGone
    ? t("storefront.renew.body.gone", { last4, day: shortDate(expiresAt) })
    : t("storefront.renew.body", { last4 });
}

/** Asks what a new token is to be good for, and makes it. */
export function MakeStorefrontToken({ store, current, keychain, onMade, onClose }: MakeStorefrontTokenProps) {
  const form = useId();
  const make = useWrite("makeStorefrontToken");
  const cancelUnlock = useWrite("cancelUnlock", { onError: useTellTrouble() });
  const takes = useStorefrontScopes();
  const now = useNow(60_000);
  const { channels, lacks } = useChannels(store);
  const [chosen, setChosen] = useState<readonly string[]>(current?.channels ?? [store.channel]);
  const [typed, setTyped] = useState((current?.channels ?? [store.channel]).join(", "));
  const [may, setMay] = useState<readonly StorefrontScope[]>(current?.scopes ?? ["unauthenticated"]);
  const [days, setDays] = useState<(typeof lives)[number]>("90");
  const onlyMemory = store.tokenHome !== "keychain" || keychain?.available === false;
  const [memory, setMemory] = useState(current?.entry === "");
  const byNumber = channels === null || channels.length === 0;
  const bad = byNumber && !numbers.test(typed);
  const ids = byNumber ? typed.split(",").map((id) => id.trim()) : channels.map(({ id }) => id).filter((id) => chosen.includes(id));
  const off = bad || ids.length === 0 || may.length === 0;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (off || make.isPending) return;
    make.mutate(
      { store: store.key, channels: ids, scopes: [...may], days: Number(days), untilQuit: onlyMemory || memory },
      {
        onSuccess: onMade,
        onError: (error) => {
          if (error.code === "cancelled") onClose();
        },
      },
    );
  };
  // What the store has made by then is taken back first: the answer to that closes it.
  const stop = () => (make.isPending ? cancelUnlock.mutate({ store: store.key }) : onClose());
  const waits = useKeychainWait(store.key, make.isPending, !(onlyMemory || memory) || Boolean(current?.entry));

  return (
    <Modal
      title={t(current ? "storefront.renew.title" : "storefront.make.title")}
      onClose={stop}
      footer={
        <>
          <Button look="quiet" onPress={stop}>
            {t("common.cancel")}
          </Button>
          <Button
            look="filled"
            type="submit"
            form={form}
            isDisabled={off}
            isPending={make.isPending}
            icon={make.isPending ? <BusySign /> : null}
          >
            {t(make.isPending ? "storefront.make.doing" : current ? "storefront.renew.do" : "storefront.make.do")}
          </Button>
        </>
      }
    >
      {current ? renewWords(current, now) : t("storefront.make.body")} {t("storefront.takes", { scopes: takes })}
      <form id={form} onSubmit={submit} noValidate autoComplete="off" className={css["form"]}>
        {byNumber ? (
          <TextField
            label={t("storefront.make.channelNumbers")}
            value={typed}
            onChange={setTyped}
            hint={t(lacks ? "storefront.make.channelNumbers.scope" : "storefront.make.channelNumbers.more")}
            error={bad ? t("storefront.make.channelNumbers.bad") : null}
            isDisabled={make.isPending}
          />
        ) : (
          <fieldset className={css["choices"]}>
            <legend className={css["label"]}>{t("storefront.make.channels")}</legend>
            {channels.map((channel) => (
              <Checkbox
                key={channel.id}
                isSelected={chosen.includes(channel.id)}
                isDisabled={make.isPending}
                onChange={(on) => setChosen(toggle(chosen, channel.id, on))}
              >
                {channel.name || t("storefront.channel.number", { id: channel.id })}
              </Checkbox>
            ))}
          </fieldset>
        )}
        <fieldset className={css["choices"]}>
          <legend className={css["label"]}>{t("storefront.make.scopes")}</legend>
          {scopes.map((scope) => (
            <div key={scope}>
              <Checkbox
                isSelected={may.includes(scope)}
                isDisabled={make.isPending}
                aria-describedby={`${form}${scope}`}
                onChange={(on) => setMay(scopes.filter((one) => toggle(may, scope, on).includes(one)))}
              >
                {t(`storefront.scope.${scope}`)}
              </Checkbox>
              <p id={`${form}${scope}`} className={css["below"]}>
                {t(`storefront.scope.${scope}.more`)}
              </p>
            </div>
          ))}
        </fieldset>
        <div className={css["field"]}>
          <span className={css["label"]} aria-hidden>
            {t("storefront.make.days")}
          </span>
          <SegmentedControl
            label={t("storefront.make.days")}
            choices={lives.map((value) => ({ value, label: t(`storefront.make.days.${value}`) }))}
            value={days}
            onChange={setDays}
          />
          <p className={css["quiet"]}>{t("storefront.make.days.more")}</p>
        </div>
        {onlyMemory ? (
          <p className={css["quiet"]}>{t("storefront.make.lives.memory")}</p>
        ) : (
          <Checkbox isSelected={memory} isDisabled={make.isPending} onChange={setMemory}>
            {t("storefront.make.untilQuit")}
          </Checkbox>
        )}
      </form>
      {waits !== "no" ? (
        <div className={css["trouble"]}>
          <KeychainWait isNew={waits === "new"} />
        </div>
      ) : make.error && make.error.code !== "cancelled" ? (
        <div className={css["trouble"]}>
          <Trouble error={make.error} />
          {make.error.code === "network" ? <p className={css["quiet"]}>{t("storefront.make.failed.more")}</p> : null}
        </div>
      ) : null}
    </Modal>
  );
}
