import { t } from "../../i18n";
import { type Store, type StorefrontChannel, useRead } from "../../ipc";

/** The storefronts of a store, as far as it tells them. */
export function useChannels(store: Store, enabled = store.mayConnect) {
  const read = useRead("storefrontChannels", { store: store.key }, { enabled });
  return { channels: read.data?.channels ?? null, error: read.error };
}

/** A channel's name, or its number where the name is not known. */
export function channelWords(id: string, channels: readonly StorefrontChannel[] | null): string {
  return channels?.find((channel) => channel.id === id)?.name || t("storefront.channel.number", { id });
}
