import type { DragOffer } from '../../src-main/bridge';

/**
 * What Chromium takes under the type `DownloadURL` for a file that is dragged out of a page: media type, name and address, with colons between.
 * @param page the address of the page, which the offer's path belongs to
 */
export function downloadUrl({ name, path }: Extract<DragOffer, { kind: 'download' }>, page: string): string {
  return `application/octet-stream:${name}:${new URL(path, page).href}`;
}
