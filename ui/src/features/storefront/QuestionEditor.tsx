import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap, completionStatus } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, indentUnit } from "@codemirror/language";
import { EditorState, Prec } from "@codemirror/state";
import { drawSelection, EditorView, highlightActiveLineGutter, keymap, lineNumbers } from "@codemirror/view";
import { graphql, updateSchema } from "cm6-graphql";
import { buildSchema } from "graphql";
import { type Ref, useEffect, useImperativeHandle, useRef } from "react";
import { withCommand } from "../../lib/platform";
import { editorLooks } from "./editorLooks";
import css from "./Storefront.module.css";

/** What the screen can do with a {@link QuestionEditor}. */
export type EditorHandle = {
  /** Puts another text in place of all of it. It can be undone. */
  put: (text: string) => void;
  /** Leads to a place, both from 1. */
  goTo: (line: number, column: number) => void;
};

/** Props of {@link QuestionEditor}. */
export type QuestionEditorProps = {
  /** Leads to places, and puts examples in. */
  ref: Ref<EditorHandle>;
  /** Its name, for screen readers. */
  label: string;
  /** What its keys do, for screen readers. */
  hint: string;
  /** The text to begin with. */
  begin: string;
  /** Told every key: the whole text. */
  onChange: (text: string) => void;
  /** Ctrl or Command with Enter. */
  onAsk: () => void;
  /** Esc, while no suggestions are open. */
  onLeave: () => void;
  /** What can be asked, in the GraphQL schema language; `null` while that is not known. */
  schema: string | null;
};

/** Keys that a text needs for itself: the window leaves them alone also where the editor had no use for one. */
const ownKeys = /^[acvxyz]$/i;

/**
 * A field for GraphQL, with suggestions from the schema and what is wrong underlined.
 *
 * It lies in a shadow root: the content policy allows no style elements, and in there the editor's styles are
 * sheets that are adopted. Tab is not taken, so the keyboard is never caught.
 */
export function QuestionEditor({ ref, label, hint, begin, onChange, onAsk, onLeave, schema }: QuestionEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const told = useRef({ onChange, onAsk, onLeave });
  useEffect(() => {
    told.current = { onChange, onAsk, onLeave };
  });
  const first = useRef({ begin, label, hint });

  useEffect(() => {
    const box = host.current;
    if (!box) return;
    const root = box.shadowRoot ?? box.attachShadow({ mode: "open" });
    const ask = () => {
      told.current.onAsk();
      return true;
    };
    const made = new EditorView({
      root,
      parent: root,
      state: EditorState.create({
        doc: first.current.begin,
        extensions: [
          Prec.highest(
            keymap.of([
              { key: "Mod-Enter", run: ask },
              {
                key: "Escape",
                run: ({ state }) => {
                  if (completionStatus(state) !== null) return false;
                  told.current.onLeave();
                  return true;
                },
              },
            ]),
          ),
          lineNumbers(),
          highlightActiveLineGutter(),
          history(),
          drawSelection(),
          bracketMatching(),
          closeBrackets(),
          autocompletion({ icons: false }),
          indentUnit.of("  "),
          EditorState.tabSize.of(2),
          EditorView.lineWrapping,
          keymap.of([...closeBracketsKeymap, ...completionKeymap, ...historyKeymap, ...defaultKeymap]),
          graphql(undefined, { showErrorOnInvalidSchema: false }),
          editorLooks,
          EditorView.contentAttributes.of({
            "aria-label": first.current.label,
            "aria-description": first.current.hint,
            tabindex: "0",
          }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) told.current.onChange(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = made;
    // Letters typed in here are none of the window's shortcuts.
    const keep = (event: KeyboardEvent) => {
      if (!withCommand(event) || ownKeys.test(event.key)) event.stopPropagation();
    };
    box.addEventListener("keydown", keep);
    return () => {
      box.removeEventListener("keydown", keep);
      view.current = null;
      made.destroy();
    };
  }, []);

  useEffect(() => {
    if (!view.current || schema === null) return;
    try {
      updateSchema(view.current, buildSchema(schema, { assumeValid: true, assumeValidSDL: true }));
    } catch {
      // A schema that can't be read suggests nothing; asking works all the same.
    }
  }, [schema]);

  useImperativeHandle(
    ref,
    () => ({
      put: (text) => {
        const made = view.current;
        if (!made) return;
        made.dispatch({ changes: { from: 0, to: made.state.doc.length, insert: text }, selection: { anchor: 0 } });
      },
      goTo: (line, column) => {
        const made = view.current;
        if (!made) return;
        const at = made.state.doc.line(Math.min(Math.max(line, 1), made.state.doc.lines));
        const anchor = Math.min(at.from + Math.max(column - 1, 0), at.to);
        made.dispatch({ selection: { anchor }, scrollIntoView: true });
        made.focus();
      },
    }),
    [],
  );

  return <div ref={host} className={css["editor"]} data-editor />;
}
