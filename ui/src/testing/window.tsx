import { createMemoryHistory } from "@tanstack/react-router";
import { render } from "@testing-library/react";
import { App } from "../app/App";
import { makeRouter } from "../app/router";
import { makeClient } from "../ipc";
import { type Answers, fakeBackend } from "./fakeBackend";

/** Opens the whole window at a place, over a fake backend. */
export function openWindow(place: string, answers: Answers) {
  const backend = fakeBackend(answers);
  const client = makeClient();
  const router = makeRouter(createMemoryHistory({ initialEntries: [place] }));
  const { container } = render(<App client={client} router={router} />);
  return { backend, client, router, container };
}
