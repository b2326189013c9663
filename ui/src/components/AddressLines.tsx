import { t } from "../i18n";
import type { AddressDto } from "../ipc/bindings";
import { addressLines, wholeAddress } from "../lib/addresses";
import { CopyButton } from "./CopyButton";
import css from "./AddressLines.module.css";

/** Props of {@link AddressLines}. */
export type AddressLinesProps = {
  /** The address. */
  address: AddressDto;
  /** Says who lives there, too. */
  withName?: boolean;
  /** What it is called where it is copied. */
  what?: string;
};

/** An address as it is written on a parcel, with a button that copies all of it. */
export function AddressLines({ address, withName = false, what = t("order.copy.address") }: AddressLinesProps) {
  const who = withName ? [address.name, address.company].filter(Boolean) : [];
  const lines = addressLines(address);
  return (
    <div className={css["address"]}>
      {who.map((line, at) => (
        <p key={line} className={at === 0 ? css["name"] : undefined} data-selectable>
          {line}
        </p>
      ))}
      {lines.map((line, at) => (
        <p key={`${at} ${line}`} className={css["line"]}>
          <span data-selectable>{line}</span>
          {at === lines.length - 1 ? <CopyButton text={wholeAddress(address)} what={what} /> : null}
        </p>
      ))}
    </div>
  );
}
