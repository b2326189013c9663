import type { AddressDto } from "../ipc/bindings";

/** An address as it is written on a parcel, line by line, without who lives there. */
export function addressLines(address: AddressDto): string[] {
  const place = [address.city, [address.state, address.postalCode].filter(Boolean).join(" ")].filter(Boolean).join(", ");
  return [address.street1, address.street2, place, address.country].filter(Boolean);
}

/** Both are written the same way on a parcel, the same people living there. */
export function sameAddress(one: AddressDto, other: AddressDto): boolean {
  return wholeAddress(one).toLowerCase() === wholeAddress(other).toLowerCase();
}

/** An address with who lives there, as text of several lines; empty where there is none. */
export function wholeAddress(address: AddressDto): string {
  const lines = addressLines(address);
  return lines.length > 0 ? [address.name, address.company, ...lines].filter(Boolean).join("\n") : "";
}
