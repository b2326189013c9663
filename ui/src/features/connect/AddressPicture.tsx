import { Lock } from "lucide-react";
import { Words, t } from "../../i18n";
import css from "./AddressPicture.module.css";

/** Props of {@link AddressPicture}. */
export type AddressPictureProps = {
  /** The hash that is marked. */
  hash: string;
};

/** A drawn browser at the control panel, with the hash marked in its address bar. */
export function AddressPicture({ hash }: AddressPictureProps) {
  return (
    <div role="img" aria-label={t("which.where.picture")} className={css["browser"]}>
      <div className={css["top"]} aria-hidden>
        <svg viewBox="0 0 36 8" className={css["lights"]}>
          <circle cx="4" cy="4" r="4" />
          <circle cx="18" cy="4" r="4" />
          <circle cx="32" cy="4" r="4" />
        </svg>
        <span className={css["bar"]}>
          <Lock />
          {/* One element, or the flex row would put its gaps between the words. */}
          <span>
            <Words
              id="picture.address"
              values={{ hash }}
              components={{ 0: <span className={css["hash"]} />, 1: <span className={css["rest"]} /> }}
            />
          </span>
        </span>
      </div>
      <svg viewBox="0 0 508 168" className={css["page"]} aria-hidden>
        <rect width="72" height="168" className={css["menu"]} />
        {[12, 28, 44, 60, 76, 92, 108].map((y, at) => (
          <rect key={y} x="12" y={y} width={at % 2 ? 34 : 48} height="6" rx="3" className={css["line"]} />
        ))}
        <rect x="88" y="16" width="161" height="6" rx="3" className={css["head"]} />
        {[88.5, 226.5, 363.5].map((x) => (
          <rect key={x} x={x} y="34.5" width="126" height="39" rx="3" className={css["card"]} />
        ))}
        <rect x="88.5" y="86.5" width="401" height="65" rx="3" className={css["card"]} />
      </svg>
    </div>
  );
}
