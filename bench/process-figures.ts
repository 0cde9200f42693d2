import { readFileSync } from 'node:fs';

/** Resident memory of a process in bytes, from `/proc`; `NaN` where there is none. */
export function residentBytes(pid: number): number {
  return parseResident(readProc(pid, 'status'));
}

/** Processor time a process has used so far in milliseconds, all threads, from `/proc`; `NaN` where there is none. */
export function processorMs(pid: number): number {
  return parseProcessorMs(readProc(pid, 'stat'));
}

/** `VmRSS` of a `/proc/<pid>/status`, in bytes. */
export function parseResident(status: string): number {
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1];
  return kibibytes === undefined ? Number.NaN : Number(kibibytes) * 1024;
}

/** `utime` and `stime` (proc_pid_stat(5), fields 14 and 15, in ticks of 10 ms) of a `/proc/<pid>/stat`. */
export function parseProcessorMs(stat: string): number {
  // The second field is the program's name in brackets and may hold anything, brackets too.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
