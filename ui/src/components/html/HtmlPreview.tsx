import { useDeferredValue, useId, useLayoutEffect, useMemo, useRef } from "react";
import { t } from "../../i18n";
import { classes } from "../../lib/classes";
import { cleanHtml } from "./cleanHtml";
import css from "./HtmlField.module.css";

/** Props of {@link HtmlPreview}. */
export type HtmlPreviewProps = {
  /** HTML, whatever it holds. */
  html: string;
  /** Stands above. */
  label?: string;
  /** Keeps the label for screen readers only. */
  hideLabel?: boolean;
  /** Is as tall as what stands beside it, and not as its own text. */
  fills?: boolean;
};

const looks = `
  :host { display: block; overflow-wrap: anywhere; user-select: text; }
  h1, h2, h3, h4, h5, h6, p, ul, ol, dl, table, blockquote, pre, figure { margin: 0 0 8px; }
  h1, h2 { font-size: 18px; line-height: 24px; font-weight: 560; }
  h3, h4, h5, h6 { font-size: 13px; font-weight: 560; }
  ul, ol { padding-left: 20px; }
  table { border-collapse: collapse; }
  td, th { padding: 2px 8px 2px 0; text-align: left; vertical-align: top; }
  a[title] { text-decoration: underline; }
  .picture {
    display: inline-flex; align-items: center; justify-content: center; box-sizing: border-box;
    min-width: 96px; min-height: 64px; max-width: 100%; padding: 4px 8px;
    border: 1px dashed currentcolor; border-radius: 4px; opacity: .7; font-size: 12px;
  }
`;

/**
 * What a description looks like, without running or fetching anything. It stands in a tree of its own, so that
 * neither its names nor the window’s looks reach across. The tree is open: a check of what can be read sees into it, and
 * nothing in it runs that could look out.
 */
export function HtmlPreview({ html, label = t("html.preview"), hideLabel = false, fills = false }: HtmlPreviewProps) {
  const heading = useId();
  const host = useRef<HTMLDivElement>(null);
  const root = useRef<ShadowRoot | null>(null);
  // Typing goes on while a long description is being drawn.
  const latest = useDeferredValue(html);
  const { shown, leftOut } = useMemo(() => cleanHtml(latest), [latest]);

  useLayoutEffect(() => {
    if (!host.current) return;
    if (!root.current) {
      root.current = host.current.attachShadow({ mode: "open" });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(looks);
      root.current.adoptedStyleSheets = [sheet];
    }
    root.current.replaceChildren(shown.cloneNode(true));
  }, [shown]);

  return (
    <div className={classes(css["preview"], fills && css["fills"])}>
      {hideLabel ? null : (
        <p id={heading} className={css["label"]}>
          {label}
        </p>
      )}
      <div
        className={css["paper"]}
        role="region"
        {...(hideLabel ? { "aria-label": label } : { "aria-labelledby": heading })}
        // Longer than its frame, it is scrolled by the keys, too.
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
        tabIndex={0}
      >
        <div ref={host} />
        {latest.trim() === "" ? <p className={css["nothing"]}>{t("html.nothing")}</p> : null}
      </div>
      {leftOut.length > 0 || fills ? (
        <p className={css["leftOut"]}>
          {leftOut.length > 0
            ? t("html.leftOut", { names: leftOut.join(", "), n: leftOut.length })
            : t("html.plain")}
        </p>
      ) : null}
    </div>
  );
}
