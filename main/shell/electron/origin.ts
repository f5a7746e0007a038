/** The one origin that the window's pages have. */

export const scheme = 'relume';
export const startPage = `${scheme}://app/`;

/** Whether an address is a page of Relume's own. `URL.origin` says nothing for such schemes. */
export function isOwnPage(address: string): boolean {
  return URL.canParse(address) && address.startsWith(startPage) && new URL(address).host === 'app';
}
