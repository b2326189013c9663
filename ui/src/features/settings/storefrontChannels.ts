import { t } from "../../i18n";
import { type Store, type StorefrontChannel, useRead } from "../../ipc";

/** The storefronts of a store, as far as it tells them. A token that `lacks` the scope for it is not asked. */
export function useChannels(store: Store) {
  const lacks = store.missingScopes.some(({ scope }) => scope === "channelSettings");
  const read = useRead("storefrontChannels", { store: store.key }, { enabled: store.mayConnect && !lacks });
  return { channels: read.data?.channels ?? null, lacks: lacks || read.error?.code === "missingScope" };
}

/** A channel's name, or its number where the name is not known. */
export function channelWords(id: string, channels: readonly StorefrontChannel[] | null): string {
  return channels?.find((channel) => channel.id === id)?.name || t("storefront.channel.number", { id });
}
