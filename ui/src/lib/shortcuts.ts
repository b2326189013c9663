import { t } from "../i18n";
import { isMac, withCommand } from "./platform";

/**
 * Every shortcut of the window, in one place, so that none is given away twice.
 *
 * `Mod+K` is pressed together (Mod: Command on macOS, else Ctrl), `G O` one after the other. The first of
 * several is the one that is shown. Keys without Mod are silent while something is being typed.
 */
export const shortcuts = {
  commands: ["Mod+K"],
  search: ["Mod+F", "/"],
  refresh: ["Mod+R", "F5"],
  undoLast: ["Mod+Z"],
  keys: ["?"],
  // As browsers and file managers have it; the last is a key of its own on some keyboards.
  back: isMac ? ["Mod+["] : ["Alt+←", "BrowserBack"],
  forward: isMac ? ["Mod+]"] : ["Alt+→", "BrowserForward"],

  goHome: ["G H"],
  goOrders: ["G O"],
  goProducts: ["G P"],
  goCustomers: ["G C"],
  goActivity: ["G A"],
  goSettings: ["G S", "Mod+,"],

  tab1: ["G 1"],
  tab2: ["G 2"],
  tab3: ["G 3"],
  tab4: ["G 4"],
  tab5: ["G 5"],
  tab6: ["G 6"],
  tab7: ["G 7"],
  tab8: ["G 8"],
  tab9: ["G 9"],

  store1: ["Mod+1"],
  store2: ["Mod+2"],
  store3: ["Mod+3"],
  store4: ["Mod+4"],
  store5: ["Mod+5"],
  store6: ["Mod+6"],
  store7: ["Mod+7"],
  store8: ["Mod+8"],
  store9: ["Mod+9"],

  create: ["N"],
  selectAll: ["Mod+A"],
  review: ["Mod+Enter"],

  /* For the thing that is open, or for all that are ticked. */
  status: ["S"],
  edit: ["E"],
  notes: ["M"],
  openPage: ["B"],
  refreshOne: ["R"],
  previous: ["K"],
  next: ["J"],
  copyNumber: ["C N"],
  copyEmail: ["C E"],
  copyPhone: ["C P"],
  copyAddress: ["C A"],
  undo: ["U"],
  retry: ["T"],
  look: ["L"],
  openThing: ["O"],
} as const satisfies Record<string, readonly string[]>;

/** The name of a shortcut. */
export type ShortcutName = keyof typeof shortcuts;

/** Shortcuts for the first nine of something, in order. */
export const tabShortcuts = [
  "tab1", "tab2", "tab3", "tab4", "tab5", "tab6", "tab7", "tab8", "tab9",
] as const satisfies readonly ShortcutName[];

/** Shortcuts for the first nine stores, in order. */
export const storeShortcuts = [
  "store1", "store2", "store3", "store4", "store5", "store6", "store7", "store8", "store9",
] as const satisfies readonly ShortcutName[];

/** The keys of a shortcut as they are shown, such as `Ctrl` `K`. */
export function shownKeys(name: ShortcutName): string[] {
  return (shortcuts[name][0] ?? "")
    .split(/[ +]/)
    .map((key) => (key === "Mod" ? t(isMac ? "key.cmd" : "key.ctrl") : key === "Enter" ? t("key.enter") : key));
}

/** The keys of a shortcut as `aria-keyshortcuts` wants them; nothing for keys pressed one after the other. */
export function ariaKeys(name: ShortcutName): string | undefined {
  const said = shortcuts[name].filter((keys) => !keys.includes(" ")).map((keys) => keys.replace("Mod", isMac ? "Meta" : "Control"));
  return said.length > 0 ? said.join(" ") : undefined;
}

/** What of a key event counts here. */
export type Press = Pick<
  KeyboardEvent,
  "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey" | "timeStamp"
>;

/** Arrows that mean something together with Alt. */
const withAlt: Readonly<Record<string, string>> = { ArrowLeft: "Alt+←", ArrowRight: "Alt+→" };

/** A key that types nothing, neither alone nor with Alt: it also works where something is being typed. */
export function typesNothing({ key, altKey }: Pick<Press, "key" | "altKey">): boolean {
  return /^(F\d+|Browser(Back|Forward))$/.test(key) || (altKey && !isMac && key in withAlt);
}

/** A key press as the table writes it, such as `Mod+K`, `G` or `?`; `null` for one that can be no shortcut. */
export function written(press: Press): string | null {
  const { key, code, altKey, ctrlKey, metaKey, shiftKey } = press;
  const command = withCommand(press);
  if (altKey && !isMac && !ctrlKey && !metaKey && !shiftKey && key in withAlt) return withAlt[key] ?? null;
  // With another modifier it belongs to the system, or writes a character.
  if (altKey || (!command && (press.ctrlKey || press.metaKey))) return null;
  if (typesNothing(press)) return key;
  if (key === "Enter") return command && !press.shiftKey ? "Mod+Enter" : null;
  // Where letters are not Latin ones, and where digits need Shift, the place on the keyboard counts.
  const letter = /^[a-z]$/i.test(key) ? key : (/^Key([A-Z])$/.exec(code)?.[1] ?? null);
  const digit = /^\d$/.test(key) ? key : (command ? (/^Digit(\d)$/.exec(code)?.[1] ?? null) : null);
  const plain = letter?.toUpperCase() ?? digit ?? (key.length === 1 ? key : null);
  if (plain === null || plain === " ") return null;
  if (press.shiftKey && letter !== null) return null;
  return command ? `Mod+${plain}` : plain;
}

/** How long after its first key the second one of a sequence is waited for. */
const patienceMs = 2_000;

/** Follows keys one after the other, and tells which shortcut they make up. */
export function follower() {
  let before: { key: string; at: number } | null = null;
  return (press: Press, known: readonly ShortcutName[]): ShortcutName | "begun" | null => {
    const key = written(press);
    if (key === null) {
      // Shift goes down before a question mark; that ends nothing.
      if (press.key.length > 1 && !/^(Shift|Control|Meta|Alt)$/.test(press.key)) before = null;
      return null;
    }
    const begun = before !== null && press.timeStamp - before.at <= patienceMs ? before.key : null;
    before = null;
    const whole = (text: string) => known.find((name) => (shortcuts[name] as readonly string[]).includes(text)) ?? null;
    const second = begun === null ? null : whole(`${begun} ${key}`);
    if (second !== null) return second;
    const alone = whole(key);
    if (alone !== null) return alone;
    if (!known.some((name) => shortcuts[name].some((keys) => keys.startsWith(`${key} `)))) return null;
    before = { key, at: press.timeStamp };
    return "begun";
  };
}
