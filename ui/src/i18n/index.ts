export { formatLocale } from "./locale";
export { t, type WordKey } from "./words";
export { Words } from "./Words";
