import { keepForOffline } from './offline/register.ts';
import { startTrainingWorker } from './training/client.ts';
import { mount } from './ui/mount.tsx';

const root = document.getElementById('root');
// A task of its own, after the one that the scripts' start takes. Awaited, it would split the scripts into many.
setTimeout(() => {
  if (root) mount(root, startTrainingWorker, () => keepForOffline(window));
});
