import { Store as Shop } from "lucide-react";
import { useState } from "react";
import { BusySign } from "../../components/BusySign";
import { Button } from "../../components/Button";
import { CopyButton } from "../../components/CopyButton";
import { KeychainWait } from "../../components/KeychainWait";
import { Notice } from "../../components/Notice";
import { TextButton } from "../../components/TextButton";
import { Trouble } from "../../components/Trouble";
import { t } from "../../i18n";
import { type KeychainInfo, type Store, type StorefrontToken, type StorefrontTried, type StorefrontWhich, useCollection, useKeychain, useStorefrontTokens, useWrite } from "../../ipc";
import { useOffer } from "../../lib/actions";
import { shortDate } from "../../lib/dates";
import { lastFailure } from "../../lib/failure";
import { useGo } from "../../lib/go";
import { levelWord } from "../../lib/levels";
import { useNow } from "../../lib/now";
import { scopeWord } from "../../lib/scopes";
import { useTellTrouble } from "../../lib/telling";
import { MakeStorefrontToken } from "./MakeStorefrontToken";
import { Part } from "./Part";
import { RevokeStorefrontToken } from "./RevokeStorefrontToken";
import css from "./Settings.module.css";
import { channelWords, useChannels } from "./storefrontChannels";
import { StorefrontKinds } from "./StorefrontKinds";
import { useStorefrontScopes } from "./storefrontScopes";
import { useAsking } from "./useAsking";
import { useBroughtIntoView } from "./useBroughtIntoView";
import { useKeychainWait } from "./useKeychainWait";

/** Props of {@link StorefrontPart}. */
export type StorefrontPartProps = {
  /** The store. */
  store: Store;
};

type Open = "revoke" | "revokeSpare" | "kinds" | null;

/** The token for a store's storefront: what it is good for, until when, and how to make, renew and revoke it. */
export function StorefrontPart({ store }: StorefrontPartProps) {
  const go = useGo();
  const { current, spare, lost, known } = useStorefrontTokens(store.key);
  const keychain = useKeychain().data ?? null;
  const trying = useWrite("tryStorefrontToken");
  const [making, setMaking] = useAsking(store.key, "storefront");
  const [made, setMade] = useState<StorefrontTried | null>(null);
  const [open, setOpen] = useState<Open>(null);
  const self = useBroughtIntoView(store.key, "storefront");

  const takes = useStorefrontScopes();
  const why = !store.mayConnect
    ? t("order.off.origin")
    : store.safety === "readOnly"
      ? t("storefront.readOnly")
      : null;
  const lacked = store.missingScopes.find(({ scope }) => scope === "storefrontTokens");
  const whyNoNew =
    why ??
    (lacked ? t("storefront.off.scope", { label: scopeWord(lacked.scope), level: levelWord(lacked.level) }) : null);
  const tried = trying.data ?? made;
  const gone = current?.isGone ?? false;
  const forget = useWrite("revokeStorefrontToken");
  const cancelUnlock = useWrite("cancelUnlock", { onError: useTellTrouble() });
  const busy = trying.isPending || forget.isPending;
  const waits = useKeychainWait(store.key, busy, Boolean(current?.entry || spare?.entry));
  const stop = () => cancelUnlock.mutate({ store: store.key });
  const failure = lastFailure(trying, forget);
  const failed = failure?.code === "cancelled" ? null : failure;

  const forgetIt = (which: StorefrontWhich) => forget.mutate({ store: store.key, which, onlyForget: true });
  useOffer("screen", () => {
    const group = t("storefront.title");
    const icon = <Shop aria-hidden />;
    return [
      {
        id: "storefront-make",
        group,
        label: t(current ? "storefront.renew" : "storefront.make"),
        icon,
        offBecause: whyNoNew,
        run: () => setMaking(true),
      },
      ...(current && !gone
        ? [
            {
              id: "storefront-try",
              group,
              label: t("storefront.try"),
              icon,
              offBecause: store.mayConnect ? null : why,
              run: () => trying.mutate({ store: store.key }),
            },
            {
              id: "storefront-revoke",
              group,
              label: t("storefront.revoke"),
              icon,
              offBecause: why,
              run: () => setOpen("revoke"),
            },
          ]
        : []),
      ...(current && gone
        ? [{ id: "storefront-forget", group, label: t("storefront.gone.forget"), icon, run: () => forgetIt("current") }]
        : []),
      ...(spare?.isGone
        ? [
            {
              id: "storefront-forget-spare",
              group,
              label: t("storefront.lost.forget", { n: 1 }),
              more: spare.last4,
              icon,
              run: () => forgetIt("spare"),
            },
          ]
        : spare
          ? [
              {
                id: "storefront-revoke-spare",
                group,
                label: t("storefront.spare.do"),
                more: spare.last4,
                icon,
                offBecause: why,
                run: () => setOpen("revokeSpare"),
              },
            ]
          : []),
      ...(lost.length > 0
        ? [
            {
              id: "storefront-forget-lost",
              group,
              label: t("storefront.lost.forget", { n: lost.length }),
              more: lost.map(({ last4 }) => last4).join(", "),
              icon,
              run: () => forgetIt("lost"),
            },
          ]
        : []),
      ...(busy ? [{ id: "storefront-stop", group, label: t("storefront.stop"), icon, run: stop }] : []),
      { id: "storefront-kinds", group, label: t("storefront.kinds.ask"), icon, run: () => setOpen("kinds") },
    ];
  });

  return (
    <>
      <Part ref={self} title={t("storefront.title")} more={t("storefront.more")}>
        {current ? (
          <TokenFacts store={store} token={current} keychain={keychain} />
        ) : known ? (
          <div className={css["wide"]}>
            <Notice title={t("storefront.none")}>
              {t("storefront.none.more")} {t("storefront.takes", { scopes: takes })}
            </Notice>
          </div>
        ) : null}
        {gone && current ? (
          <div className={css["wide"]}>
            <Notice
              title={t("trouble.storefront.gone")}
              gravity="warn"
              action={
                <Button
                  isPending={forget.isPending}
                  onPress={() => forgetIt("current")}
                >
                  {t("storefront.gone.forget")}
                </Button>
              }
            >
              {t(current.entry ? "storefront.gone.entry.more" : "storefront.gone.more", {
                day: shortDate(current.expiresAt),
              })}
            </Notice>
          </div>
        ) : null}
        {spare?.isGone ? (
          <div className={css["wide"]}>
            <Notice
              title={t("storefront.lost", { n: 1, last4: spare.last4 })}
              gravity="warn"
              action={
                <Button
                  isPending={forget.isPending}
                  onPress={() => forgetIt("spare")}
                >
                  {t("storefront.lost.forget", { n: 1 })}
                </Button>
              }
            >
              {t("storefront.lost.more", { n: 1, day: shortDate(spare.expiresAt) })}
            </Notice>
          </div>
        ) : spare ? (
          <div className={css["wide"]}>
            <Notice
              title={t("storefront.spare", { last4: spare.last4 })}
              gravity="warn"
              action={
                <Button offBecause={why} onPress={() => setOpen("revokeSpare")}>
                  {t("storefront.spare.do")}
                </Button>
              }
            >
              {t("storefront.spare.more", { day: shortDate(spare.expiresAt) })}
            </Notice>
          </div>
        ) : null}
        {lost.length > 0 ? (
          <div className={css["wide"]}>
            <Notice
              title={t("storefront.lost", { n: lost.length, last4: lost.map(({ last4 }) => last4).join(", ") })}
              gravity="warn"
              action={
                <Button
                  isPending={forget.isPending}
                  onPress={() => forgetIt("lost")}
                >
                  {t("storefront.lost.forget", { n: lost.length })}
                </Button>
              }
            >
              {t("storefront.lost.more", {
                n: lost.length,
                day: shortDate(lost.map(({ expiresAt }) => expiresAt).reduce((a, b) => (a > b ? a : b))),
              })}
            </Notice>
          </div>
        ) : null}
        {waits !== "no" ? (
          <div className={css["wide"]}>
            <KeychainWait isNew={waits === "new"} />
          </div>
        ) : failed ? (
          <div className={css["wide"]}>
            <Trouble error={failed} />
          </div>
        ) : null}
        <div className={css["actions"]}>
          <Button look={current ? "plain" : "filled"} offBecause={whyNoNew} onPress={() => setMaking(true)}>
            {t(current ? "storefront.renew" : "storefront.make")}
          </Button>
          {current && !gone ? (
            <>
              <Button
                isPending={trying.isPending}
                icon={trying.isPending ? <BusySign /> : null}
                offBecause={store.mayConnect ? null : why}
                onPress={() => trying.mutate({ store: store.key })}
              >
                {t(trying.isPending ? "storefront.trying" : "storefront.try")}
              </Button>
              <Button onPress={() => go.storefront(store.key)}>{t("storefront.ask")}</Button>
              <Button look="quiet" offBecause={why} onPress={() => setOpen("revoke")}>
                {t("storefront.revoke")}
              </Button>
            </>
          ) : null}
          {busy ? <Button onPress={stop}>{t("common.cancel")}</Button> : null}
        </div>
        <p role="status" className={css["said"]}>
          {tried && current && !trying.error ? <TriedWords store={store} tried={tried} /> : null}
        </p>
        {whyNoNew ? <p className={css["quiet"]}>{whyNoNew}</p> : null}
        <p className={css["quiet"]}>
          {t("storefront.kinds.more")}{" "}
          <TextButton onPress={() => setOpen("kinds")}>{t("storefront.kinds.ask")}</TextButton>
        </p>
      </Part>
      {making && !why ? (
        <MakeStorefrontToken
          store={store}
          current={current}
          keychain={keychain}
          onMade={(answer) => {
            trying.reset();
            setMade(answer);
            setMaking(false);
          }}
          onClose={() => setMaking(false)}
        />
      ) : null}
      {open === "revoke" && current ? (
        <RevokeStorefrontToken store={store} token={current} which="current" onClose={() => setOpen(null)} />
      ) : null}
      {open === "revokeSpare" && spare ? (
        <RevokeStorefrontToken store={store} token={spare} which="spare" onClose={() => setOpen(null)} />
      ) : null}
      {open === "kinds" ? <StorefrontKinds onClose={() => setOpen(null)} /> : null}
    </>
  );
}

function TriedWords({ store, tried }: { store: Store; tried: StorefrontTried }) {
  const channels = useChannels(store).channels;
  const without = tried.withoutSite;
  return (
    <>
      {t("storefront.tried", { shop: tried.shop ?? "none", ms: tried.tookMs })}
      {without.length > 0
        ? ` ${t("storefront.tried.noSite", { n: without.length, names: without.map((id) => channelWords(id, channels)).join(", ") })}`
        : null}
    </>
  );
}

function TokenFacts({ store, token, keychain }: { store: Store; token: StorefrontToken; keychain: KeychainInfo | null }) {
  const channels = useChannels(store).channels;
  const collection = useCollection(store.key, true);
  const now = useNow(60_000);
  return (
    <dl className={css["facts"]}>
      <dt>{t("storefront.state")}</dt>
      <dd>{stateWords(token, now)}</dd>
      <dt>{t("storefront.kind")}</dt>
      <dd>{t("storefront.kind.private")}</dd>
      <dt>{t("storefront.home")}</dt>
      <dd>
        {token.isGone
          ? t("settings.token.home.missing")
          : token.entry
            ? keychain?.name
              ? t("token.keychain.collection", { name: keychain.name, collection: collection || "none" })
              : t("token.thisKeychain")
            : t("settings.token.home.untilQuit")}
      </dd>
      {token.entry && !token.isGone ? (
        <>
          <dt>{t("settings.token.entry")}</dt>
          <dd className={css["copied"]} data-selectable>
            {token.entry} <CopyButton text={token.entry} what={t("settings.token.entry.what")} />
          </dd>
        </>
      ) : null}
      {token.last4 ? (
        <>
          <dt>{t("storefront.last4")}</dt>
          <dd className={css["code"]}>{token.last4}</dd>
        </>
      ) : null}
      <dt>{t("storefront.channels")}</dt>
      <dd>{token.channels.map((id) => channelWords(id, channels)).join(", ")}</dd>
      <dt>{t("storefront.scopes")}</dt>
      <dd>
        {token.scopes.map((scope) => (
          <span key={scope} className={css["fact"]}>
            {t(`storefront.scope.${scope}`)}
          </span>
        ))}
      </dd>
      <dt>{t("storefront.made")}</dt>
      <dd>{shortDate(token.madeAt)}</dd>
    </dl>
  );
}

function stateWords(token: StorefrontToken, now: Date): string {
  const day = shortDate(token.expiresAt);
  if (new Date(token.expiresAt) <= now) return t("storefront.state.over", { day });
  if (token.isGone) return t(token.entry ? "storefront.state.gone.entry" : "storefront.state.gone", { day });
  if (token.isRefused) return t("storefront.state.refused");
  return t(new Date(token.remindAt) <= now ? "storefront.state.soon" : "storefront.state.good", { day });
}
