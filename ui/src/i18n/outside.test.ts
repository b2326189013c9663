import ts from "typescript";
import { expect, it } from "vitest";

const sources: Record<string, string> = import.meta.glob(["../**/*.tsx", "!../testing/**", "!../**/*.test.tsx"], {
  query: "?raw",
  import: "default",
  eager: true,
});

/** What is read or heard as it stands there. */
const spoken = new Set(["aria-label", "aria-description", "aria-roledescription", "aria-valuetext", "title", "placeholder", "label", "alt", "description"]);

/** Names, addresses and files, which are the same in every language. */
const names = new Set([
  "Stockroom",
  "shop.example.com",
  // The addresses of a store's control panel and of its API, around the store's own name or hash.
  "store-",
  ".mybigcommerce.com/manage",
  "-2.mybigcommerce.com",
  "…/stores/",
  "BigCommerceAPI-credentials-….txt",
]);

/** The texts that an expression may come to, as far as they stand in it. */
function texts(node: ts.Expression): string[] {
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isTemplateExpression(node)) return [node.head.text, ...node.templateSpans.map((span) => span.literal.text)];
  if (ts.isParenthesizedExpression(node)) return texts(node.expression);
  if (ts.isConditionalExpression(node)) return [...texts(node.whenTrue), ...texts(node.whenFalse)];
  if (ts.isBinaryExpression(node)) {
    const kind = node.operatorToken.kind;
    if (kind === ts.SyntaxKind.AmpersandAmpersandToken) return texts(node.right);
    const joins = [ts.SyntaxKind.BarBarToken, ts.SyntaxKind.QuestionQuestionToken, ts.SyntaxKind.PlusToken];
    if (joins.includes(kind)) return [...texts(node.left), ...texts(node.right)];
  }
  return [];
}

/** The words in a file that a person reads or hears, and that are not in the lists of words. */
function wordsOf(name: string, source: string): string[] {
  const file = ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
  const found: string[] = [];
  const take = (node: ts.Node, all: string[]) => {
    for (const text of all.map((one) => one.trim())) {
      if (!/\p{L}{2}/u.test(text) || names.has(text)) continue;
      const { line } = file.getLineAndCharacterOfPosition(node.getStart());
      found.push(`${name}:${line + 1} ${text}`);
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) take(node, [node.text]);
    if (ts.isJsxExpression(node) && node.expression && !ts.isJsxAttribute(node.parent)) {
      take(node, texts(node.expression));
    }
    if (ts.isJsxAttribute(node) && spoken.has(node.name.getText()) && node.initializer) {
      const value = node.initializer;
      if (ts.isStringLiteral(value)) take(value, [value.text]);
      if (ts.isJsxExpression(value) && value.expression) take(value, texts(value.expression));
    }
    // What is put into a sentence is read with it.
    if (ts.isCallExpression(node) && node.expression.getText() === "t") {
      for (const argument of node.arguments) {
        if (!ts.isObjectLiteralExpression(argument)) continue;
        for (const one of argument.properties) {
          if (ts.isPropertyAssignment(one) && spoken.has(one.name.getText())) take(one, texts(one.initializer));
        }
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

it("no words stand outside the lists of words", () => {
  expect(Object.keys(sources).length).toBeGreaterThan(50);
  expect(Object.entries(sources).flatMap(([name, source]) => wordsOf(name, source))).toEqual([]);
});

it.each([
  [`<p>Two words</p>`, "Two words"],
  [`<p>{left ? "Some left" : t("none")}</p>`, "Some left"],
  [`<p>{t("a.word") + " and more"}</p>`, "and more"],
  [`<button aria-label="Close">×</button>`, "Close"],
  [`<input placeholder={\`Search \${what}\`} />`, "Search"],
  [`<p>{t("a.word", { label: "Orders" })}</p>`, "Orders"],
])("in %s such a word is found", (source, word) => {
  expect(wordsOf("it.tsx", source)).toEqual([`it.tsx:1 ${word}`]);
});

it.each([`<p className="quiet">{t("a.word")}</p>`, `<p>{"·"} × 2</p>`, `<b>Stockroom</b>`, `<i title={t("a.b")} id="top" />`])(
  "in %s there is none",
  (source) => {
    expect(wordsOf("it.tsx", source)).toEqual([]);
  },
);
