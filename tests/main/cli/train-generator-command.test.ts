import { basename, resolve } from 'node:path';
import { expect, it } from 'vitest';
import {
  type TrainGeneratorOptions,
  trainGeneratorRequest,
} from '../../../main/cli/train-generator-command.ts';
import { runsFolder } from '../../../main/library/paths.ts';

const options: TrainGeneratorOptions = {
  kind: 'vae',
  data: 'My Pictures',
  fit: 'centre',
  resume: false,
  device: 'auto',
  json: false,
};

it('names the model after the folder, and takes every default from the recipe', () => {
  const { name, run, source, recipe } = trainGeneratorRequest(options);
  expect(name).toBe('vae-my-pictures');
  expect(run).toBe(resolve(runsFolder(), 'vae-my-pictures'));
  expect(source).toEqual({ kind: 'folder', folder: resolve('My Pictures'), fit: 'centre' });
  expect(recipe).toMatchObject({
    kind: 'vae',
    network: 'convolutional',
    size: 64,
    channels: 3,
    latent: 32,
    loss: 'mse',
    beta: 1,
  });
});

it('takes a preset whole, and lets what was asked for count for more', () => {
  const { name, recipe } = trainGeneratorRequest({
    ...options,
    data: 'digits',
    preset: 'dense-vae',
    epochs: 2,
  });
  expect(name).toBe('dense-vae-digits');
  expect(recipe).toMatchObject({
    network: 'lesson-dense',
    size: 28,
    channels: 1,
    latent: 2,
    batch: 128,
    epochs: 2,
  });
});

it('knows the size of digits', () => {
  const { source, recipe } = trainGeneratorRequest({ ...options, kind: 'cvae', data: 'digits' });
  expect(source).toEqual({ kind: 'digits' });
  expect(recipe).toMatchObject({ kind: 'cvae', size: 28, channels: 1 });
});

it('trains without colour where asked', () => {
  expect(trainGeneratorRequest({ ...options, grey: true, size: 32 }).recipe).toMatchObject({
    channels: 1,
    size: 32,
  });
  expect(basename(trainGeneratorRequest({ ...options, name: 'mine' }).run)).toBe('mine');
});
