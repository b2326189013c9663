import type { Event } from "../ipc/bindings";
import { answerFrom } from "../ipc";

/** What a fake backend answers, by command. */
export type Answers = Record<string, (input: never) => unknown>;

/** Answers commands from a table, remembers what was asked, and tells events when asked to. */
export function fakeBackend(answers: Answers) {
  const asked: { command: string; input: unknown }[] = [];
  let hear: ((event: Event) => void) | null = null;
  answerFrom({
    send: async (command, input) => {
      asked.push({ command, input });
      const answer = answers[command];
      if (!answer) throw { code: "internal", message: `no answer for ${command}` };
      return answer(input as never);
    },
    listen: (onEvent) => {
      hear = onEvent;
      return () => {
        hear = null;
      };
    },
  });
  return {
    asked,
    /** How often a command was asked. */
    times: (command: string) => asked.filter((one) => one.command === command).length,
    /** What a command was asked last. */
    last: (command: string) => asked.findLast((one) => one.command === command)?.input,
    tell: (event: Event) => hear?.(event),
  };
}
