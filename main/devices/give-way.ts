/** Lets other work of this computer go first. */
import { constants, setPriority } from 'node:os';

/**
 * Lowers this process's priority for the rest of its life: no system lets it be raised again without rights. Under
 * Linux that holds for threads that are made from now on, so it comes before the first session.
 */
export function giveWay(): void {
  setPriority(constants.priority.PRIORITY_BELOW_NORMAL);
}
