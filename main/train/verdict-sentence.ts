/** The verdict on a model in one sentence. */
import type { Verdict } from '../../preload/contract.ts';
import { untouched } from './baselines.ts';

/** A gain in dB that is worth a change of model. */
const leastGain = 0.05;

/** @param methods the model itself first */
export function verdictSentence(
  methods: Verdict['methods'],
  pictures: Verdict['pictures'],
): Pick<Verdict, 'sentence' | 'better'> {
  const [own, ...others] = methods;
  const [first] = others;
  if (!own || !first) return { sentence: 'There is nothing to compare it with.', better: false };
  const best = others.reduce((a, b) => (b.psnr > a.psnr ? b : a));
  const gain = own.psnr - best.psnr;
  const place = methods.indexOf(best);
  const worse = pictures.filter(({ psnr }) => (psnr[0] ?? 0) < (psnr[place] ?? 0)).length;
  return {
    sentence: `${comparison(gain, spoken(best))}${exceptions(gain, worse, pictures.length)}.`,
    better: gain >= leastGain,
  };
}

/** A model in quotes, for its name may be several words; classical methods as what they are. */
function spoken({ name, kind }: Verdict['methods'][number]): string {
  if (kind !== 'classical') return `“${name}”`;
  return name === untouched ? 'leaving them as they are' : `${name} alone`;
}

function comparison(gain: number, name: string): string {
  if (Math.abs(gain) < leastGain) return `No better than ${name} on your photos`;
  const size = `${Math.abs(gain).toFixed(2)} dB`;
  return gain > 0
    ? `${size} better than ${name} on your photos`
    : `${size} worse than ${name} on your photos`;
}

function exceptions(gain: number, worse: number, count: number): string {
  if (gain < leastGain) return '';
  return worse === 0 ? `, on all ${count} of them` : `; worse on ${worse} of ${count}`;
}
