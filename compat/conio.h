/*
 * conio.h - single keys.
 *
 * On a terminal a key is read without Enter and, by _getch, without being
 * shown; on a pipe or a file the next byte is read.  At its end _getch
 * returns EOF.  Ctrl+C stays a signal.
 */
#ifndef WINSNMP_CONIO_H
#define WINSNMP_CONIO_H

#include "winbase.h"

#ifdef __cplusplus
extern "C" {
#endif

int _getch(void) WC_SYMBOL(_getch);
int _getche(void) WC_SYMBOL(_getche);
/* Would _getch return at once?  So it would at the end of a file. */
int _kbhit(void) WC_SYMBOL(_kbhit);
int _putch(int c) WC_SYMBOL(_putch);
int _cputs(const char *text) WC_SYMBOL(_cputs);
int getch(void) WC_SYMBOL(_getch);
int getche(void) WC_SYMBOL(_getche);
int kbhit(void) WC_SYMBOL(_kbhit);
int putch(int c) WC_SYMBOL(_putch);

#ifdef __cplusplus
}
#endif

#endif
