import '@fontsource-variable/inter/wght.css';
import './design/tokens.css';
import './design/base.css';
import './design/controls.css';
import { mount } from 'svelte';
import App from './App.svelte';
import { obtainClient } from './client.ts';

const target = document.getElementById('app');
if (!target) throw new Error('index.html has no element #app');
mount(App, { target, props: { client: await obtainClient() } });
