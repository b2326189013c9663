/**
 * Calls `flush` when the window is put away or loses the person, which is the last moment before it may be closed.
 * Gives back how to stop.
 */
export function onLastMoment(flush: () => void): () => void {
  const hidden = () => {
    if (document.visibilityState === "hidden") flush();
  };
  document.addEventListener("visibilitychange", hidden);
  window.addEventListener("pagehide", flush);
  window.addEventListener("blur", flush);
  return () => {
    document.removeEventListener("visibilitychange", hidden);
    window.removeEventListener("pagehide", flush);
    window.removeEventListener("blur", flush);
  };
}
