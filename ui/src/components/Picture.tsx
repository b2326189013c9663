import { useEffect, useState } from "react";
import { classes } from "../lib/classes";
import css from "./Picture.module.css";

/** Props of {@link Picture}. */
export type PictureProps = {
  /** Address of the picture; `null` where there is none. */
  address: string | null;
  /** What it is a picture of. Its first letters stand in for it. */
  name: string;
  /** Said by screen readers; left out where the name stands beside it anyway. */
  alt?: string;
  /** Width and height in pixels, kept before and whatever comes. */
  size: number;
};

/** A picture that could not be had is asked for again this long after: a little later than the backend allows. */
const againMs = 65_000;

/** The first letters of a name: "Fjell Shell Jacket" is FS. */
export function letters(name: string): string {
  const words = name.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => [...word][0] ?? "")
    .join("")
    .toLocaleUpperCase();
}

/** A thing's picture in a frame of a fixed size, so that nothing moves when it comes; letters until then. */
export function Picture({ address, name, alt = "", size }: PictureProps) {
  const [came, setCame] = useState<{ address: string; tries: number; there: boolean | null } | null>(null);
  const now = came !== null && came.address === address ? came : null;
  const tries = now?.tries ?? 0;
  const failed = address === null || now?.there === false;

  useEffect(() => {
    if (now?.there !== false) return;
    const timer = setTimeout(() => setCame({ ...now, tries: now.tries + 1, there: null }), againMs);
    return () => clearTimeout(timer);
  }, [now]);

  return (
    <span
      className={classes(css["frame"], size >= 64 && css["large"])}
      style={{ width: size, height: size }}
      {...(alt ? { role: "img", "aria-label": alt } : { "aria-hidden": true })}
    >
      {now?.there ? null : (
        <span className={css["letters"]} aria-hidden>
          {letters(name)}
        </span>
      )}
      {failed ? null : (
        <img
          key={`${address} ${tries}`}
          // Another address, so that what failed is not remembered. Addresses end with the picture's version.
          src={tries === 0 ? address : `${address}&again=${tries}`}
          alt=""
          width={size}
          height={size}
          loading="lazy"
          decoding="async"
          draggable={false}
          className={css["image"]}
          data-there={now?.there === true ? true : undefined}
          onLoad={() => setCame({ address, tries, there: true })}
          onError={() => setCame({ address, tries, there: false })}
        />
      )}
    </span>
  );
}
