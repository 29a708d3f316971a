/*
 * windows.h - what ported sources include: types, kernel calls, windows.
 *
 * On Windows the same header brings in a good part of the C library, and
 * programs have come to rely on it.
 */
#ifndef WINSNMP_WINDOWS_H
#define WINSNMP_WINDOWS_H

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "windef.h"

#include "winbase.h"

#include "winuser.h"

#endif
