/** Every view of Generate but Train, in one application: to start one costs more than a test. */
import { testArithmeticView } from './generate/arithmetic-view.ts';
import { testInterpolateView } from './generate/interpolate-view.ts';
import { testMapView } from './generate/map-view.ts';
import { testPlaneView } from './generate/plane-view.ts';
import { testReconstructView } from './generate/reconstruct-view.ts';
import { testSampleView } from './generate/sample-view.ts';
import { workshopSuite } from './open-generate.ts';

// What is kept of a model is there in every view, so tests that keep pictures have models of their own.
const workshop = workshopSuite({
  ...{ shapes: { latent: 4 }, arithmetic: { latent: 4 }, interpolate: { latent: 4 } },
  ...{ flat: { latent: 2 }, map: { latent: 2 }, deep: { latent: 6 } },
});

testSampleView(workshop);
testReconstructView(workshop);
testPlaneView(workshop);
testInterpolateView(workshop);
testArithmeticView(workshop);
testMapView(workshop);
