import { Copy, MessageCircleQuestion, X } from "lucide-react";
import { useEffect, useRef, useState } from "react";
import { BusySign } from "../../components/BusySign";
import { Button } from "../../components/Button";
import { EmptyState } from "../../components/EmptyState";
import { Keys } from "../../components/Keys";
import { Menu } from "../../components/Menu";
import { SegmentedControl } from "../../components/SegmentedControl";
import { TextArea } from "../../components/TextArea";
import { t } from "../../i18n";
import { type StorefrontToken, useRead, useRemembered, useStore, useStorefrontTokens } from "../../ipc";
import { useOffer } from "../../lib/actions";
import { copy } from "../../lib/copy";
import { useGo } from "../../lib/go";
import { shownKeys } from "../../lib/shortcuts";
import { useTell } from "../../lib/telling";
import { Answer } from "./Answer";
import { examples } from "./examples";
import { type EditorHandle, QuestionEditor } from "./QuestionEditor";
import css from "./Storefront.module.css";
import { useQuestion } from "./useQuestion";

/** Props of {@link StorefrontScreen}. */
export type StorefrontScreenProps = {
  /** The store that is open. */
  store: string;
};

/** Asks a store's storefront what shoppers see, in GraphQL. */
export function StorefrontScreen({ store: key }: StorefrontScreenProps) {
  const go = useGo();
  const store = useStore(key);
  const { current, known } = useStorefrontTokens(key);
  const [draft, keepDraft, remembered] = useRemembered(key, "storefront-question", asDraft, begin);
  if (!store || !known || !remembered.known) return null;
  return (
    <main className={css["screen"]} aria-label={t("ask.title")}>
      <header className={css["head"]}>
        <h1 className={css["title"]}>{t("ask.title")}</h1>
        <p className={css["more"]}>{t("ask.more")}</p>
      </header>
      {current ? (
        <Desk store={key} token={current} draft={draft} onDraft={keepDraft} />
      ) : (
        <EmptyState
          title={t("ask.none")}
          actions={<Button onPress={() => go.settings(key, { show: "storefront" })}>{t("ask.none.do")}</Button>}
        >
          {t("ask.none.more")}
        </EmptyState>
      )}
    </main>
  );
}

type Draft = { question: string; variables: string };

const begin: Draft = examples[0];

function asDraft(value: unknown): Draft | null {
  if (typeof value !== "object" || value === null) return null;
  const { question, variables } = value as Partial<Record<keyof Draft, unknown>>;
  return typeof question === "string" && typeof variables === "string" ? { question, variables } : null;
}

type DeskProps = {
  store: string;
  token: StorefrontToken;
  draft: Draft;
  onDraft: (draft: Draft) => void;
};

/** The question at the left, the answer at the right. */
function Desk({ store, token, draft, onDraft }: DeskProps) {
  const go = useGo();
  const tell = useTell();
  const editor = useRef<EditorHandle>(null);
  const doer = useRef<HTMLDivElement>(null);
  const [first] = useState(draft.question);
  const [chosen, setChannel] = useState("");
  const preferred = useStore(store)?.channel ?? "";
  const channel = [chosen, preferred].find((id) => token.channels.includes(id)) ?? token.channels[0] ?? "1";
  const channels = useRead("storefrontChannels", { store }, { enabled: token.channels.length > 1 }).data?.channels;
  const schema = useRead("storefrontSchema", { store, channel });
  const { ask, stop, asking, answer, error, problem } = useQuestion(store, channel, draft);
  const keys = shownKeys("review");
  // The keychain may have been locked when it was asked for.
  const { isError: hasNoSchema, refetch: readSchema } = schema;
  useEffect(() => {
    if (answer && hasNoSchema) void readSchema();
    // Once for each answer: a storefront that tells no schema is not asked for ever.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [answer]);
  const hint = t("ask.question.hint", { keys: `${t("key.ctrl")}+Space` });

  useOffer("screen", () => [
    asking
      ? { id: "stop-asking", group: t("ask.title"), label: t("ask.stop"), icon: <X aria-hidden />, run: stop }
      : {
          id: "ask-storefront",
          group: t("ask.title"),
          label: t("ask.do"),
          icon: <MessageCircleQuestion aria-hidden />,
          keys: "review" as const,
          run: ask,
        },
    ...(answer && answer.data !== "null"
      ? [
          {
            id: "copy-answer",
            group: t("ask.title"),
            label: t("ask.answer.copy"),
            icon: <Copy aria-hidden />,
            run: () =>
              void copy(answer.data).then((done) =>
                tell(done ? t("common.copiedNamed", { what: t("ask.answer.data") }) : t("copy.failed")),
              ),
          },
        ]
      : []),
    ...examples.map(({ name, question, variables }) => ({
      id: `example-${name}`,
      group: t("ask.examples"),
      label: t(name),
      icon: <MessageCircleQuestion aria-hidden />,
      run: () => {
        editor.current?.put(question);
        onDraft({ question, variables });
      },
    })),
  ]);

  return (
    <div className={css["desk"]}>
      <section className={css["side"]} aria-label={t("ask.question")}>
        <div className={css["bar"]}>
          <Menu
            label={t("ask.examples")}
            trigger={<Button>{t("ask.examples")}</Button>}
            width={240}
            groups={[
              {
                id: "examples",
                choices: examples.map(({ name, question, variables }) => ({
                  id: name,
                  label: t(name),
                  onChoose: () => {
                    editor.current?.put(question);
                    onDraft({ question, variables });
                  },
                })),
              },
            ]}
          />
          {token.channels.length > 1 && token.channels.length <= 4 ? (
            <SegmentedControl
              label={t("ask.channel")}
              choices={token.channels.map((id) => ({
                value: id,
                label: channels?.find((one) => one.id === id)?.name || t("storefront.channel.number", { id }),
              }))}
              value={channel}
              onChange={setChannel}
            />
          ) : null}
          <span className={css["space"]} />
          <div ref={doer} className={css["do"]}>
            {asking ? (
              <Button onPress={stop}>{t("ask.stop")}</Button>
            ) : (
              <Button look="filled" onPress={ask} shortcut={<Keys keys={keys} />}>
                {t("ask.do")}
              </Button>
            )}
          </div>
        </div>
        <QuestionEditor
          ref={editor}
          label={t("ask.question")}
          hint={hint}
          begin={first}
          schema={schema.data?.schema ?? null}
          onChange={(question) => onDraft({ ...draft, question })}
          onAsk={ask}
          onLeave={() => doer.current?.querySelector("button")?.focus()}
        />
        <p className={css["hint"]}>{hasNoSchema ? t("ask.question.plain") : hint}</p>
        <TextArea
          label={t("ask.variables")}
          code
          rows={2}
          grows={6}
          value={draft.variables}
          onChange={(variables) => onDraft({ ...draft, variables })}
          hint={t("ask.variables.hint", { example: '{ "sku": "ABC" }' })}
          error={problem === "variables" ? t("ask.variables.bad") : null}
        />
      </section>
      <section className={css["side"]} aria-label={t("ask.answer")}>
        {asking ? (
          <p className={css["waiting"]} role="status">
            <BusySign /> {t("ask.doing")}
          </p>
        ) : (
          <Answer
            answer={answer}
            error={error}
            tooLong={problem === "document"}
            onPlace={(line, column) => editor.current?.goTo(line, column)}
            onSettings={() => go.settings(store, { show: "storefront" })}
            onAgain={ask}
          />
        )}
      </section>
    </div>
  );
}
