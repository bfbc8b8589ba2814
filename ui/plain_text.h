/*
 * ui/plain_text.h - text in lines, as plain mode prints it.
 */
#ifndef PLAIN_TEXT_H
#define PLAIN_TEXT_H

#define PLAIN_COLUMNS 79

/*
 * Prints `first` and behind it the text, in lines of at most PLAIN_COLUMNS
 * columns; those after the first begin below the text.  A word that is longer
 * is cut.  Line feeds in the text are kept.  The text is printable; should a
 * control character be in it all the same, it is printed as \DDD.
 */
void plain_put(const char *first, const char *text);
void plain_print(const char *first, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* A line as it is, however long: what people copy. */
void plain_line(const char *text);

/* The same without its line feed, for a prompt: cut in lines, the last open. */
void plain_prompt(const char *text);

#endif
