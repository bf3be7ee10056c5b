/** A file dropped anywhere on the page is a checkpoint to go on with, or holds the visitor's own pairs. */

import { useEffect } from 'react';
import { isSafetensors } from '../../store/runs-store.ts';
import { useActions, useSession } from '../context.ts';

const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes('Files') ?? false;

/** Takes dropped files for as long as the component lives. */
export function useDrop(): void {
  const { importFiles } = useActions();
  const { runs } = useSession();
  useEffect(() => {
    const take = async (files: readonly File[]): Promise<void> => {
      const [file] = files;
      if (file && isSafetensors(new Uint8Array(await file.slice(0, 16).arrayBuffer()))) await runs.openFile(file);
      else await importFiles(files);
    };
    const onDragOver = (event: DragEvent): void => {
      if (hasFiles(event)) event.preventDefault();
    };
    const onDrop = (event: DragEvent): void => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      void take([...(event.dataTransfer?.files ?? [])]);
    };
    document.addEventListener('dragover', onDragOver);
    document.addEventListener('drop', onDrop);
    return () => {
      document.removeEventListener('dragover', onDragOver);
      document.removeEventListener('drop', onDrop);
    };
  }, [importFiles, runs]);
}
