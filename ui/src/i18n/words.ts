import { setupI18n } from "@lingui/core";
import { compileMessage } from "@lingui/message-utils/compileMessage";
import { en } from "./en";
import { formatLocale } from "./locale";

/** The name of a message. */
export type WordKey = keyof typeof en;

/** What only an ICU message has: something to put in, or a quote of the marks for that. */
const special = /[{}]|''/;

/** The words of the window. Messages are ICU text and are compiled when they are first said. */
export const i18n = setupI18n();
// Most are nothing but words, and the first frame says a hundred.
i18n.setMessagesCompiler((message) => (special.test(message) ? compileMessage(message) : [message]));
i18n.load("en", en);
i18n.activate("en", formatLocale());

/** Says a message. */
export function t(key: WordKey, values?: Record<string, string | number>): string {
  return i18n._(key, values);
}
