/**
 * Opens a dialog as modal for as long as it is in the page: the focus stays inside and Escape closes it. A native dialog gives the focus
 * back only when it is closed while it is still in the page, so that is done here.
 */
export function showModal(node: HTMLDialogElement): { destroy(): void } {
  const before = document.activeElement;
  node.showModal();
  return {
    destroy() {
      if (before instanceof HTMLElement) before.focus();
    },
  };
}
