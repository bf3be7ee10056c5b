import { keepForOffline } from './offline/register.ts';
import { startTrainingWorker } from './training/client.ts';
import { mount } from './ui/mount.tsx';

const root = document.getElementById('root');
if (root) mount(root, startTrainingWorker, () => keepForOffline(window));
