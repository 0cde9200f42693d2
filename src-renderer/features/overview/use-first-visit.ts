import { useEffect } from 'react';
import { useLocation } from 'wouter';
import type { Setup } from '../../api/setup.ts';

/** In this tab only: who opens the console anew is led there again as long as there is no channel. */
const NAME = 'aiproxy.welcomed';

/** Leads to the first steps once, where nothing can be done yet. @param canChange whether the configuration can */
export function useFirstVisit(setup: Setup | null, canChange: boolean): void {
  const [, navigate] = useLocation();
  const isNew = setup !== null && !setup.hasChannel && !setup.hasAnswer && canChange;
  useEffect(() => {
    if (!isNew || sessionStorage.getItem(NAME) !== null) return;
    sessionStorage.setItem(NAME, 'yes');
    navigate('/welcome', { replace: true });
  }, [isNew, navigate]);
}
