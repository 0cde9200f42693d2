import { useSortable } from '@dnd-kit/sortable';
import { ActionIcon } from '@mantine/core';
import { IconArrowDown, IconArrowUp, IconGripVertical } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import styles from './sortable-list.module.css';
import { useSortableTexts } from './sortable-texts.ts';

interface SortableItemProps {
  readonly id: string;
  readonly name: string;
  /** Counts from 1. */
  readonly place: number;
  readonly count: number;
  /** What stands in front of it. */
  readonly number: number;
  /** To another place; counts from 1. */
  readonly onMove: (place: number) => void;
  readonly children: ReactNode;
}

interface StepProps {
  readonly label: string;
  readonly isPossible: boolean;
  readonly onStep: () => void;
  readonly children: ReactNode;
}

/** One place up or down. At the end of the list it stays focusable, so that the keyboard does not lose its place. */
function Step({ label, isPossible, onStep, children }: StepProps) {
  return (
    <ActionIcon
      variant="subtle"
      color="gray"
      aria-label={label}
      title={label}
      aria-disabled={!isPossible}
      {...(isPossible ? {} : { 'data-disabled': true })}
      onClick={() => {
        if (isPossible) onStep();
      }}
    >
      {children}
    </ActionIcon>
  );
}

/** One row of a sortable list: a handle to drag it by, its place, and two buttons that move it. */
export function SortableItem({ id, name, place, count, number, onMove, children }: SortableItemProps) {
  const t = useSortableTexts();
  const { attributes, listeners, setNodeRef, transform, transition, isDragging } = useSortable({
    id,
    attributes: { roleDescription: t('sortable') },
  });
  const style = transform === null ? {} : { transform: `translate3d(0, ${transform.y}px, 0)`, transition };
  return (
    <li ref={setNodeRef} style={style} className={`${styles.item} ${isDragging ? styles.dragged : ''}`}>
      <ActionIcon
        variant="subtle"
        color="gray"
        className={styles.handle}
        {...attributes}
        {...listeners}
        aria-label={t('handle', { name })}
        // Escape ends the move alone, and not also the drawer around it.
        data-mantine-stop-propagation={isDragging}
      >
        <IconGripVertical size={16} />
      </ActionIcon>
      <span className={styles.place}>{number}</span>
      <div className={styles.content}>{children}</div>
      <div className={styles.steps}>
        <Step label={t('up', { name })} isPossible={place > 1} onStep={() => onMove(place - 1)}>
          <IconArrowUp size={16} />
        </Step>
        <Step label={t('down', { name })} isPossible={place < count} onStep={() => onMove(place + 1)}>
          <IconArrowDown size={16} />
        </Step>
      </div>
    </li>
  );
}
