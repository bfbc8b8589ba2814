/* ui/list.c - see list.h */
#include "list.h"

static int
within(int value, int low, int high)
{
	return value > high ? (high < low ? low : high)
	    : value < low   ? low
			    : value;
}

void
list_resize(struct list *list, int count)
{
	list->count = count;
	list->chosen = within(list->chosen, 0, count - 1);
}

bool
list_act(struct list *list, enum action action, int page)
{
	int before = list->chosen;
	int last = list->count - 1;

	switch (action) {
	case ACT_UP:
		list->chosen = within(before - 1, 0, last);
		return list->chosen != before;
	case ACT_DOWN:
		list->chosen = within(before + 1, 0, last);
		return list->chosen != before;
	case ACT_PAGE_UP:
		list->chosen = within(before - page, 0, last);
		return true;
	case ACT_PAGE_DOWN:
		list->chosen = within(before + page, 0, last);
		return true;
	case ACT_FIRST:
		list->chosen = 0;
		return true;
	case ACT_LAST:
		list->chosen = within(last, 0, last);
		return true;
	default:
		return false;
	}
}

void
list_scroll(struct list *list, int rows)
{
	if (list->chosen < list->top)
		list->top = list->chosen;
	if (list->chosen >= list->top + rows)
		list->top = list->chosen - rows + 1;
	list->top = within(list->top, 0, list->count - rows);
}
