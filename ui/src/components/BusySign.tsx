import { LoaderCircle } from "lucide-react";
import css from "./BusySign.module.css";

/** Stands before a button's words while it is at work; the words say at what. */
export function BusySign() {
  return <LoaderCircle className={css["sign"]} aria-hidden />;
}
