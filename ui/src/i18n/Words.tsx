import { I18nProvider, Trans } from "@lingui/react";
import type { ReactElement } from "react";
import { i18n, type WordKey } from "./words";

/** Props of {@link Words}. */
export type WordsProps = {
  /** The message. */
  id: WordKey;
  /** What it mentions. */
  values?: Record<string, string | number>;
  /** Elements for its tags: `<0>…</0>` becomes the first. */
  components: Record<string, ReactElement>;
};

/** Says a message with parts of it in elements of their own, such as a link in the middle of a sentence. */
export function Words({ id, values, components }: WordsProps) {
  return (
    <I18nProvider i18n={i18n}>
      <Trans id={id} values={values} components={components} />
    </I18nProvider>
  );
}
