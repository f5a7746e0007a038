/** How the window looks around the pictures. */
class Appearance {
  #theme = $state<'dark' | 'light'>('dark');
  #proof = $state(false);

  get theme(): 'dark' | 'light' {
    return this.#theme;
  }

  /** Whether pictures lie on middle grey, as a print is judged. */
  get proof(): boolean {
    return this.#proof;
  }

  toggleTheme(): void {
    this.#theme = this.#theme === 'dark' ? 'light' : 'dark';
    document.documentElement.dataset.theme = this.#theme;
  }

  toggleProof(): void {
    this.#proof = !this.#proof;
    document.documentElement.dataset.surround = this.#proof ? 'proof' : 'plain';
  }
}

/** The one window's. */
export const appearance = new Appearance();
