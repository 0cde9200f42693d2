import { useEffect } from 'react';
import { useLocation } from 'wouter';
import type { Setup } from '../../api/setup.ts';
import { wasWelcomed } from '../../api/welcomed.ts';

/** Leads to the first steps once, where nothing can be done yet. @param canChange whether the configuration can */
export function useFirstVisit(setup: Setup | null, canChange: boolean): void {
  const [, navigate] = useLocation();
  const isNew = setup !== null && !setup.hasChannel && !setup.hasAnswer && canChange;
  useEffect(() => {
    if (isNew && !wasWelcomed()) navigate('/welcome', { replace: true });
  }, [isNew, navigate]);
}
