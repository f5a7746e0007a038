/** What speaks against training on a picture, each with a sentence that says why. */
import type { Finding } from '../../../preload/contract.ts';
import type { Look } from './look.ts';

/** Shortest side that training can cut its largest patches from, whatever the scale, pixels. */
const minSide = 160;
/** Chosen so that few of 300 pristine photographs, but most blurred, noisy or compressed copies of them, are named. */
const limits = { sigma: 12, sharpness: 0.1, quality: 80, blockiness: 1.3 } as const;

/** Profiles whose colours are those of sRGB, as nearly as training can tell. */
const ordinaryProfile = /srgb|iec ?61966|gr[ae]y|dot gain|gamma 2\.2/i;

/** What is found in the picture alone; what it has in common with others is found by `Likeness`. */
export function findingsOf(seen: Look): Finding[] {
  const { width, height, sigma, sharpness, quality, blockiness, grey, profile } = seen;
  const findings: Finding[] = [];
  const add = (kind: Finding['kind'], reason: string) => findings.push({ kind, reason });
  if (Math.min(width, height) < minSide) {
    add('too-small', `${width} × ${height} pixels: training needs at least ${minSide} a side.`);
  }
  if (sigma !== undefined && sigma > limits.sigma) {
    add(
      'noisy',
      `Noise of about sigma ${Math.round(sigma)}, or texture as fine: noise would be learned as detail.`,
    );
  }
  if (sharpness !== undefined && sharpness < limits.sharpness) {
    add('blurred', 'Even its sharpest parts are soft: there is little detail to learn from.');
  }
  if (quality !== undefined && quality < limits.quality) {
    add('jpeg', `JPEG of quality ${quality}: its artefacts would be learned as detail.`);
  } else if (quality === undefined && blockiness > limits.blockiness) {
    add('jpeg', 'Shows the blocks of an earlier strong JPEG compression.');
  }
  if (grey) add('grey', 'Has no colour: it teaches a colour model only about brightness.');
  if (profile !== undefined && !ordinaryProfile.test(profile)) {
    add('profile', `Its colours are in “${profile}”, not sRGB: they are learned as they stand in the file.`);
  }
  return findings;
}
