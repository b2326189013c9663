import type { AddressDto } from "../../ipc";

/** An address as it is written on a parcel, line by line. */
export function addressLines(address: AddressDto): string[] {
  const place = [address.city, [address.state, address.postalCode].filter(Boolean).join(" ")].filter(Boolean).join(", ");
  return [address.street1, address.street2, place, address.country].filter(Boolean);
}
