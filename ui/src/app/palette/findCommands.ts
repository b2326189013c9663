import type { Command } from "./useCommands";

/** A command that was found, and where in its name. */
export type Hit = {
  /** The command. */
  command: Command;
  /** Where the text starts in its name, or -1. */
  at: number;
  /** How much of it. */
  length: number;
};

/** Commands whose name or group holds every word of the text, in their own order. */
export function findCommands(commands: readonly Command[], text: string): Hit[] {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return commands.flatMap((command) => {
    const label = command.label.toLowerCase();
    const all = `${label} ${command.group.toLowerCase()} ${(command.more ?? "").toLowerCase()}`;
    if (!words.every((word) => all.includes(word))) return [];
    const whole = text.trim().toLowerCase();
    const at = whole === "" ? -1 : label.indexOf(whole);
    return [{ command, at, length: whole.length }];
  });
}
