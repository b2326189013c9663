import axe from "axe-core";

/** What axe finds wrong in the document: rule and place, empty when all is well. */
export async function findings(): Promise<string[]> {
  // What the library says aloud stays in its own corner for some seconds, also when the button that it names has gone.
  const context = { include: [document.body], exclude: ["[data-live-announcer]"] };
  const { violations } = await axe.run(context, {
    // No layout, no colors and no page around the window in a unit test.
    rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
  });
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 120)}`));
}
