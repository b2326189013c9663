/** Keys, and the list of commands that they open. */
import { fireEvent, screen } from "@testing-library/react";

/** Presses keys as they are shown: `Ctrl K` together, `G O` one after the other. */
export function press(keys: readonly string[]) {
  const [first] = keys;
  const held = first === "Ctrl" || first === "Alt";
  const arrows: Record<string, string> = { "←": "ArrowLeft", "→": "ArrowRight" };
  for (const key of held ? keys.slice(1) : keys) {
    const plain = arrows[key] ?? (/^[A-Z]$/.test(key) ? key.toLowerCase() : key);
    fireEvent.keyDown(document.body, { key: plain, ctrlKey: first === "Ctrl", altKey: first === "Alt" });
  }
}

/** What the list of commands holds under the text in its field, from above. */
export const listed = () => screen.getAllByRole("option").map((one) => one.querySelector("[class*=label]")?.textContent ?? "");
