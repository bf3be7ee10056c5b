import { keepForOffline } from './offline/register.ts';
import { startTrainingWorker } from './training/client.ts';
import { mount } from './ui/mount.tsx';

const root = document.getElementById('root');
// A task of its own, after the one that the scripts' start takes.
await new Promise((resolve) => setTimeout(resolve));
if (root) mount(root, startTrainingWorker, () => keepForOffline(window));
