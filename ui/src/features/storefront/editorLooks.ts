import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

/** The editor in the window's colors, which reach it as custom properties. */
export const editorLooks = [
  EditorView.theme({
    "&": {
      height: "100%",
      backgroundColor: "var(--pane-control)",
      color: "var(--ink)",
      borderRadius: "calc(var(--round-2) - 1px)",
    },
    "&.cm-focused": { outline: "none" },
    ".cm-scroller": {
      font: "var(--type-code)",
      letterSpacing: "0",
      overflow: "auto",
      borderRadius: "calc(var(--round-2) - 1px)",
    },
    ".cm-content": { padding: "8px 0", caretColor: "var(--ink)" },
    ".cm-cursor": { borderLeftColor: "var(--ink)" },
    ".cm-line": { padding: "0 9px" },
    ".cm-activeLine": { backgroundColor: "transparent" },
    ".cm-gutters": {
      backgroundColor: "var(--pane-sunken)",
      color: "var(--ink-3)",
      border: "0",
      borderRight: "1px solid var(--rule)",
    },
    ".cm-activeLineGutter": { backgroundColor: "var(--pane-active)", color: "var(--ink)" },
    "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
      background: "var(--accent-wash, var(--info-wash))",
    },
    "&.cm-focused .cm-matchingBracket": { backgroundColor: "var(--pane-active)", outline: "1px solid var(--rule-control)" },
    // The usual waves are pictures of one color; these are drawn in the window's.
    ".cm-lintRange, .cm-lintRange-error": {
      backgroundImage: "none",
      textDecorationLine: "underline",
      textDecorationStyle: "wavy",
      textDecorationColor: "var(--warn-mark)",
      textDecorationSkipInk: "none",
      textUnderlineOffset: "3px",
    },
    ".cm-lintRange.cm-lintRange-error": { textDecorationColor: "var(--bad-mark)" },
    ".cm-tooltip": {
      backgroundColor: "var(--pane-raised)",
      color: "var(--ink)",
      border: "1px solid var(--rule-strong)",
      borderRadius: "var(--round-2)",
      boxShadow: "var(--lift-2)",
      font: "var(--type-small)",
      maxWidth: "420px",
    },
    ".cm-tooltip.cm-tooltip-autocomplete > ul": { font: "var(--type-code)", maxHeight: "220px" },
    ".cm-tooltip.cm-tooltip-autocomplete > ul > li": { padding: "3px 8px", lineHeight: "18px" },
    ".cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]": {
      backgroundColor: "var(--pane-active)",
      color: "var(--ink)",
    },
    ".cm-completionDetail": { color: "var(--ink-3)", fontStyle: "normal" },
    ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "600" },
    ".cm-completionIcon": { display: "none" },
    ".cm-completionInfo": { padding: "6px 8px", color: "var(--ink-2)" },
    ".cm-diagnostic": { padding: "4px 8px", borderLeft: "0" },
    ".cm-diagnosticText": { color: "var(--ink)" },
  }),
  syntaxHighlighting(
    HighlightStyle.define([
      { tag: [tags.keyword, tags.definitionKeyword], color: "var(--back)" },
      { tag: [tags.string], color: "var(--ok)" },
      { tag: [tags.number, tags.bool, tags.null], color: "var(--warn)" },
      { tag: [tags.variableName, tags.special(tags.variableName)], color: "var(--info)" },
      { tag: [tags.typeName], color: "var(--info)" },
      { tag: [tags.comment, tags.lineComment], color: "var(--ink-3)" },
      { tag: [tags.punctuation, tags.brace, tags.paren, tags.bracket], color: "var(--ink-2)" },
    ]),
  ),
];
