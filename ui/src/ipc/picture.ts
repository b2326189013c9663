import { convertFileSrc } from "@tauri-apps/api/core";

/** How large a picture is wanted: about 220 pixels wide, or as large as the shop shows it. */
export type PictureSize = "thumbnail" | "standard";

/**
 * Where the window gets a product's picture from; the backend fetches and keeps it. `version` is the
 * picture's own, so that another picture has another address. Without a picture nothing is there, and
 * whoever shows it has something to put in its place.
 */
export function pictureAddress(store: string, product: string, size: PictureSize, version: string): string {
  const path = `${store}/${product}/${size}`;
  const address = "__TAURI_INTERNALS__" in window ? convertFileSrc(path, "picture") : `/picture/${path}`;
  return `${address}?v=${version}`;
}
