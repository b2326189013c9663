import axe from "axe-core";

/** What axe finds wrong in the document: rule and place, empty when all is well. */
export async function findings(): Promise<string[]> {
  const { violations } = await axe.run(document.body, {
    // No layout, no colors and no page around the window in a unit test.
    rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
  });
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 120)}`));
}
