/*
 * ui/format_row.h - the row that chooses the form in which records are shown,
 * "Format  < Web panel >"; ui->format.
 */
#ifndef FORMAT_ROW_H
#define FORMAT_ROW_H

#include "view.h"

/* Adds the row. */
void format_row_add(struct ui *, struct form *, int id);

/* A key while the row has the focus: Left, Right and Space choose. */
bool format_row_act(struct ui *, enum action);

/* What the row is for, one line. */
const char *format_row_hint(void);

#endif
