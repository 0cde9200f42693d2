import { createRoute, z } from '@hono/zod-openapi';
import { departmentsOf } from '../../core/departments.ts';
import type { AdminContext } from '../admin-context.ts';
import { apiRouter, ERRORS, jsonAnswer } from '../api-router.ts';

const Department = z.object({ department: z.string(), users: z.int().positive() }).openapi('Department');

const listDepartments = createRoute({
  method: 'get',
  path: '/departments',
  summary: 'The departments that users name, and how many users each has',
  tags: ['Users'],
  responses: {
    200: jsonAnswer(z.object({ items: z.array(Department) }).openapi('Departments'), 'By name'),
    ...ERRORS,
  },
});

/** What users can be filtered by. */
export function departmentRoutes({ store }: Pick<AdminContext, 'store'>) {
  return apiRouter().openapi(listDepartments, (context) =>
    context.json({ items: departmentsOf(store.current.users) }, 200),
  );
}
