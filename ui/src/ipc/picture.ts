import { convertFileSrc } from "@tauri-apps/api/core";
import type { PictureDto } from "./bindings";

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

/** The widest a small picture is shown at; on dense screens it still has a point for every pixel. */
const smallest = 110;

/** The address of a thing's picture for a frame of so many pixels; `null` where there is no picture. */
export function pictureFor(store: string, product: string, picture: PictureDto | null, pixels: number): string | null {
  if (picture === null) return null;
  return pictureAddress(store, product, pixels > smallest ? "standard" : "thumbnail", picture.version);
}
