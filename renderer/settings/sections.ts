/** The sections of the Settings page, in order; another one is another entry. */
import type { Component } from 'svelte';
import DeviceSection from './DeviceSection.svelte';
import ProcessorSection from './ProcessorSection.svelte';
import type { SettingsSession } from './settings-session.svelte.ts';
import { settingsTexts } from './settings-texts.ts';
import TensorFlowSection from './TensorFlowSection.svelte';

export interface Section {
  readonly id: string;
  readonly title: string;
  readonly View: Component<{ session: SettingsSession }>;
}

const { sections: titles } = settingsTexts;

export const sections: readonly Section[] = [
  { id: 'devices', title: titles.devices, View: DeviceSection },
  { id: 'processor', title: titles.processor, View: ProcessorSection },
  { id: 'tensorflow', title: titles.tensorflow, View: TensorFlowSection },
];
