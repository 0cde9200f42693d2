import {
  type Announcements,
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  type Modifier,
  PointerSensor,
  type UniqueIdentifier,
  useSensor,
  useSensors,
} from '@dnd-kit/core';
import {
  arrayMove,
  SortableContext,
  sortableKeyboardCoordinates,
  verticalListSortingStrategy,
} from '@dnd-kit/sortable';
import { VisuallyHidden } from '@mantine/core';
import { type ReactNode, useRef, useState } from 'react';
import { SortableItem } from './sortable-item.tsx';
import styles from './sortable-list.module.css';
import { useSortableTexts } from './sortable-texts.ts';

interface SortableListProps<T> {
  readonly items: readonly T[];
  readonly itemKey: (item: T) => string;
  /** What an item is called aloud; its key where it is left out. */
  readonly itemName?: (item: T) => string;
  /** What stands in front of an item, such as a priority that several share; its place where it is left out. */
  readonly numberOf?: (item: T, index: number) => number;
  readonly render: (item: T, index: number) => ReactNode;
  readonly onReorder: (next: T[]) => void;
  /** What the list is, for readers who do not see it. */
  readonly label: string;
}

type Say = (key: 'picked' | 'over' | 'dropped' | 'left', id: UniqueIdentifier, place: number) => string;

const upAndDown: Modifier = ({ transform }) => ({ ...transform, x: 0 });

const useDragSensors = () =>
  useSensors(
    // A press that does not move is no drag.
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );

/** What is said of a drag. */
function useAnnouncements(say: Say, placeOf: (id: UniqueIdentifier) => number): Announcements {
  // What is picked up is over itself at once, which is no news.
  const lastOver = useRef<UniqueIdentifier | null>(null);
  return {
    onDragStart: ({ active }) => {
      lastOver.current = active.id;
      return say('picked', active.id, placeOf(active.id));
    },
    onDragOver: ({ active, over }) => {
      if (over === null || over.id === lastOver.current) return undefined;
      lastOver.current = over.id;
      return say('over', active.id, placeOf(over.id));
    },
    onDragEnd: ({ active, over }) => say('dropped', active.id, placeOf(over?.id ?? active.id)),
    onDragCancel: ({ active }) => say('left', active.id, placeOf(active.id)),
  };
}

/** Items in an order that the reader makes: by dragging, with the keyboard at the handle, or with buttons. */
export function SortableList<T>({ items, itemKey, render, onReorder, label, ...more }: SortableListProps<T>) {
  const t = useSortableTexts();
  const [said, setSaid] = useState('');
  const sensors = useDragSensors();
  const keys = items.map(itemKey);
  const placeOf = (id: UniqueIdentifier): number => keys.indexOf(String(id)) + 1;
  const names = new Map(items.map((item) => [itemKey(item), (more.itemName ?? itemKey)(item)]));
  const say: Say = (key, id, place) =>
    t(key, { name: names.get(String(id)) ?? String(id), place, count: items.length });
  const announcements = useAnnouncements(say, placeOf);
  const move = (id: UniqueIdentifier, place: number): void =>
    onReorder(arrayMove([...items], placeOf(id) - 1, place - 1));
  const end = ({ active, over }: DragEndEvent): void => {
    if (over !== null && over.id !== active.id) move(active.id, placeOf(over.id));
  };
  return (
    <DndContext
      sensors={sensors}
      collisionDetection={closestCenter}
      modifiers={[upAndDown]}
      onDragEnd={end}
      accessibility={{
        announcements,
        screenReaderInstructions: { draggable: t('instructions') },
      }}
    >
      <SortableContext items={keys} strategy={verticalListSortingStrategy}>
        <ol className={styles.list} aria-label={label}>
          {items.map((item, index) => {
            const key = itemKey(item);
            const moveTo = (place: number): void => {
              move(key, place);
              setSaid(say('dropped', key, place));
            };
            const number = more.numberOf?.(item, index) ?? index + 1;
            const row = {
              id: key,
              name: names.get(key) ?? key,
              place: index + 1,
              count: items.length,
              number,
            };
            return (
              <SortableItem key={key} {...row} onMove={moveTo}>
                {render(item, index)}
              </SortableItem>
            );
          })}
        </ol>
      </SortableContext>
      <VisuallyHidden role="status">{said}</VisuallyHidden>
    </DndContext>
  );
}
