/** Something has come over the window and holds the keys until it is closed. */
export function isCovered(): boolean {
  const dialogs = document.querySelectorAll('[role="dialog"], [role="alertdialog"]');
  return [...dialogs].some((dialog) => dialog.closest("[data-popup]") === null);
}
