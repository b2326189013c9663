/** True on macOS, where shortcuts go with Command. */
export const isMac = /Mac|iPhone|iPad/.test(navigator.platform);

/** True if the platform's shortcut key is down: Command on macOS, Ctrl elsewhere. */
export function withCommand(event: { ctrlKey: boolean; metaKey: boolean }): boolean {
  return isMac ? event.metaKey : event.ctrlKey;
}
