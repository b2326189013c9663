import { compileMessage } from "@lingui/message-utils/compileMessage";
import { describe, expect, it } from "vitest";
import { en } from "./en";
import { type WordKey, i18n } from "./words";

describe("messages", () => {
  it("say the same whether or not they are taken as plain words", () => {
    const plain = Object.entries<string>(en).filter(([, message]) => !message.includes("{"));
    expect(plain.length).toBeGreaterThan(100);
    for (const [key, message] of plain) {
      expect([i18n._(key as WordKey)]).toEqual(compileMessage(message));
    }
  });
});
