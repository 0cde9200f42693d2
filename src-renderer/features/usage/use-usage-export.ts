import { useEffect, useRef, useState } from 'react';
import { type DownloadProgress, download } from '../../api/download.ts';
import { useFailureText } from '../../ui/failure-note.tsx';
import { notifyDone, notifyFailed } from '../../ui/notify.tsx';
import { useUsageTexts } from './strings.ts';

export type ExportFormat = 'csv' | 'json';

/** What takes no longer needs no progress bar. */
const LONG_MS = 500;

const isAbort = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';

/** Downloads statistics, with progress and a way to stop. */
export function useUsageExport() {
  const t = useUsageTexts();
  const failureText = useFailureText();
  const [progress, setProgress] = useState<DownloadProgress | null>(null);
  const [isLong, setIsLong] = useState(false);
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  const begin = async (query: string, format: ExportFormat): Promise<void> => {
    const controller = new AbortController();
    running.current = controller;
    setProgress({ receivedBytes: 0, totalBytes: null });
    const timer = setTimeout(() => setIsLong(true), LONG_MS);
    try {
      const path = `/api/v1/statistics/export?${query}&format=${format}`;
      const name = await download(path, { signal: controller.signal }, setProgress);
      notifyDone(t('exported', { name }));
    } catch (error) {
      if (!isAbort(error)) notifyFailed(t('exportFailed'), failureText(error));
    } finally {
      clearTimeout(timer);
      setIsLong(false);
      setProgress(null);
    }
  };
  return { begin, cancel: () => running.current?.abort(), progress, isLong };
}
